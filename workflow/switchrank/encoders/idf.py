"""How much a piece of text tells: inverse document frequency over a multilingual collection."""

import numpy as np

from switchrank.encoders.encodings import Encodings


def piece_idf(encodings: Encodings) -> np.ndarray:
    """Inverse document frequency of the vocabulary's pieces over all encoded passages → float32 [vocabulary].

    It is log((documents + 1) / (frequency + 1/2)), divided by its maximum.
    """
    texts = np.bincount(encodings.items["passage"], minlength=len(encodings.offsets) - 1)  # passages of each
    token_text = np.repeat(np.arange(len(texts)), np.diff(encodings.offsets))
    text, piece = np.divmod(
        np.unique(token_text * encodings.vocabulary + encodings.pieces), encodings.vocabulary
    )
    frequency = np.bincount(piece, weights=texts[text], minlength=encodings.vocabulary)
    idf = np.log((texts.sum() + 1) / (frequency + 0.5))
    return (idf / idf.max()).astype(np.float32)
