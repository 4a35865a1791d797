"""Orthogonal alignment."""

import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ortho_group

from switchrank.lexicons.alignment import align, procrustes
from switchrank.lexicons.vectors import WordVectors, unit_rows

DIMENSION = 12


def draw(seed, rows=200):
    return unit_rows(np.random.default_rng(seed).normal(size=(rows, DIMENSION)))


def rotation(seed):
    return ortho_group.rvs(DIMENSION, random_state=seed)


def dictionary(words, part_of=lambda row: ("align", "held-out", "test")[row % 3]):
    rows = [(f"en{row}", f"de{row}", part_of(row)) for row in range(words)]
    return pd.DataFrame(rows, columns=["source", "target", "part"])


def vocabularies(german, english):
    return (
        WordVectors([f"de{row}" for row in range(len(german))], german),
        WordVectors([f"en{row}" for row in range(len(english))], english),
    )


@given(st.integers(0, 1000), st.integers(1, 40), st.floats(0, 1000))
def test_the_map_is_orthogonal(seed, pairs, shrinkage):
    matrix = procrustes(draw(seed, pairs), draw(seed + 1, pairs), shrinkage)
    assert matrix.dtype == np.float32
    assert np.allclose(matrix @ matrix.T, np.eye(DIMENSION), atol=1e-5)


@given(st.integers(0, 1000))
def test_procrustes_finds_the_rotation_that_made_the_pairs(seed):
    target, matrix = draw(seed), rotation(seed)
    assert np.allclose(procrustes(target @ matrix.T, target), matrix, atol=1e-4)


@given(st.integers(0, 1000))
def test_shrinkage_brings_the_map_nearer_to_the_identity(seed):
    source, target = draw(seed, 8), draw(seed + 1, 8)
    distances = [np.linalg.norm(procrustes(source, target, s) - np.eye(DIMENSION)) for s in (0, 1, 10, 1e6)]
    assert all(near <= far + 1e-5 for far, near in pairwise(distances))
    assert distances[-1] < 1e-3


def test_a_turned_space_is_turned_back():
    english = draw(1)
    german = (english @ rotation(2).T).astype(np.float32)
    vectors, stats = align(*vocabularies(german, english), dictionary(len(english)))
    assert stats["kept"]
    assert stats["shrinkage"] == 0
    assert stats["pairs"] == {"align": 67, "held-out": 67}
    assert stats["precision_at_1"]["before"]["mean"] < 0.1
    assert stats["precision_at_1"]["after"] == {"from_source": 1, "to_source": 1, "mean": 1}
    assert np.allclose(vectors.vectors, english, atol=1e-4)
    json.dumps(stats)


def test_what_does_not_improve_is_not_kept():
    english = draw(1)
    language, pivot = vocabularies(english, english)
    vectors, stats = align(language, pivot, dictionary(len(english)))
    assert not stats["kept"]
    assert stats["shrinkage"] is None
    assert stats["precision_at_1"]["before"] == stats["precision_at_1"]["after"]
    assert len(stats["precision_at_1"]["tried"]) == 2
    assert vectors.vectors is language.vectors


def test_the_test_part_is_not_looked_at():
    english = draw(1)
    language, pivot = vocabularies((english @ rotation(2).T).astype(np.float32), english)
    full = dictionary(len(english))
    with_test, stats_with_test = align(language, pivot, full)
    without, stats_without = align(language, pivot, full[full["part"] != "test"])
    assert np.array_equal(with_test.vectors, without.vectors)
    assert stats_with_test == stats_without


@pytest.mark.parametrize("part", ["align", "held-out"])
def test_without_pairs_to_fit_or_to_judge_by_nothing_is_changed(part):
    language, pivot = vocabularies(draw(1), draw(2))
    vectors, stats = align(language, pivot, dictionary(9, lambda _: part))
    assert vectors.vectors is language.vectors
    assert not stats["kept"]
    json.dumps(stats)


def test_pairs_outside_the_vocabularies_do_not_count():
    language, pivot = vocabularies(draw(1, 20), draw(2, 30))
    _, stats = align(language, pivot, dictionary(40))
    assert stats["pairs"] == {"align": 7, "held-out": 7}


def test_every_translation_of_a_word_is_right():
    english = np.eye(4, dtype=np.float32)
    german = np.eye(4, dtype=np.float32)[[0, 0, 1, 2]]
    rows = [("en0", "de0", "held-out"), ("en0", "de1", "held-out")]
    pairs = pd.DataFrame(rows, columns=["source", "target", "part"])
    _, stats = align(*vocabularies(german, english), pairs)
    assert stats["precision_at_1"]["before"] == {"from_source": 1, "to_source": 1, "mean": 1}
