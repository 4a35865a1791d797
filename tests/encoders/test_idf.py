"""Inverse document frequency of pieces."""

import numpy as np

from switchrank.encoders.idf import piece_idf
from switchrank.encoders.use import Tokens


def tokens(*texts):
    return Tokens(np.concatenate(texts).astype(np.int32), np.cumsum([0, *map(len, texts)]))


def test_by_hand():
    languages = [
        tokens([0, 1, 1], [0]),
        tokens([0, 2], []),
    ]  # four documents; 0 in three, 1 and 2 in one each
    found = piece_idf(languages, 4)
    raw = np.log([5 / 3.5, 5 / 1.5, 5 / 1.5, 5 / 0.5])
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, raw / raw.max(), rtol=1e-6)


def test_a_piece_in_every_document_keeps_a_positive_weight():
    assert (piece_idf([tokens([0], [0], [0, 1])], 3) > 0).all()
