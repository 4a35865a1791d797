"""Inverse document frequency of pieces."""

import numpy as np
import pandas as pd

from switchrank.encoders.encodings import Encodings, piece_idf, write_encodings


class Digits:
    """An encoder whose pieces are digits; 4 stands for whatever is unknown."""

    vocabulary, unknown = 5, 4

    def encode_tokens(self, texts):
        pieces = np.array([int(digit) for text in texts for digit in text], np.int32)
        vectors = np.zeros((len(pieces), 2), np.float32), np.zeros((len(texts), 2), np.float32)
        return pieces, np.cumsum([0, *map(len, texts)]), *vectors


def idf(folder, *passages):
    """Of the passages of several languages; their queries must not matter."""
    paths = {}
    for number, texts in enumerate(passages):
        paths[str(number)] = folder / f"{number}.safetensors"
        ids = [f"p{place}" for place in range(len(texts))]
        queries = pd.Series(["3", texts[0]], index=["q1", "q2"])
        write_encodings(paths[str(number)], queries, pd.Series(texts, index=ids), Digits())
    return piece_idf(Encodings({"collection": paths}))


def expected(*ratios):
    raw = np.log(ratios)
    return np.append(raw / raw.max(), 0).astype(np.float32)


def test_by_hand(tmp_path):
    found = idf(tmp_path, ["011", "0"], ["02", ""])  # four documents; 0 in three, 1 and 2 in one each
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, expected(5 / 3.5, 5 / 1.5, 5 / 1.5, 5 / 0.5))


def test_passages_that_are_spelt_alike_count_each(tmp_path):
    found = idf(tmp_path, ["01", "01", "2"], ["01"])
    np.testing.assert_array_equal(found, expected(5 / 3.5, 5 / 3.5, 5 / 1.5, 5 / 0.5))


def test_a_piece_in_every_document_keeps_a_positive_weight(tmp_path):
    assert (idf(tmp_path, ["0", "0", "01"])[:4] > 0).all()


def test_unknown_pieces_weigh_nothing_and_change_no_other_weight(tmp_path):
    known, unknown = idf(tmp_path, ["011", "0"], ["02", ""]), idf(tmp_path, ["40141", "0"], ["024", "4"])
    np.testing.assert_array_equal(unknown, known)
    assert unknown[Digits.unknown] == 0
