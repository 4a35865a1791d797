"""How much a piece of text tells: inverse document frequency over a multilingual collection."""

import numpy as np

from switchrank.encoders.encodings import Encodings


def piece_idf(encodings: Encodings) -> np.ndarray:
    """Inverse document frequency of the vocabulary's pieces over all passages that are encoded, scaled to 1.

    Returns:
        float32 [vocabulary], log((documents + 1) / (frequency + 1/2)) by its maximum.
    """
    texts = np.zeros(len(encodings.offsets) - 1)  # how many passages have each text
    for (kind, *_), rows in encodings.items.items():
        if kind == "passage":
            texts += np.bincount(rows, minlength=len(texts))
    token_text = np.repeat(np.arange(len(texts)), np.diff(encodings.offsets))
    text, piece = np.divmod(
        np.unique(token_text * encodings.vocabulary + encodings.pieces), encodings.vocabulary
    )
    frequency = np.bincount(piece, weights=texts[text], minlength=encodings.vocabulary)
    idf = np.log((texts.sum() + 1) / (frequency + 0.5))
    return (idf / idf.max()).astype(np.float32)
