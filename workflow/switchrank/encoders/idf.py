"""How much a piece of text tells: inverse document frequency over a multilingual collection."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from switchrank.encoders.use import Tokens


def piece_idf(passages: Iterable[Tokens], pieces: int) -> np.ndarray:
    """Inverse document frequency of SentencePiece ids over the passages of all languages, scaled to 1.

    Args:
        passages: of each language, its tokenised passages.
        pieces: size of the vocabulary.

    Returns:
        float32 [pieces], log((documents + 1) / (frequency + 1/2)) by its maximum.
    """
    frequency, documents = np.zeros(pieces), 0
    for tokens in passages:
        documents += len(tokens.offsets) - 1
        for start, end in pairwise(tokens.offsets):
            frequency[np.unique(tokens.pieces[start:end])] += 1
    idf = np.log((documents + 1) / (frequency + 0.5))
    return (idf / idf.max()).astype(np.float32)
