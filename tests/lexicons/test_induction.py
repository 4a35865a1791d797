"""Lexicon induction, and the quality of lexicons."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.lexicons import induction as module
from switchrank.lexicons.induction import induce, neighbourhood, quality
from switchrank.lexicons.tsv import to_mapping
from switchrank.lexicons.vectors import unit_rows


def draw(seed, rows, dimension=6):
    return unit_rows(np.random.default_rng(seed).normal(size=(rows, dimension)))


def named(prefix, vectors):
    return [f"{prefix}{row}" for row in range(len(vectors))]


def frame(*rows):
    return pd.DataFrame(rows, columns=["source", "target", "score"])


SIZES = st.integers(1, 30)


@given(st.integers(0, 1000), SIZES, SIZES, st.sampled_from(["csls", "nn"]), st.integers(1, 12))
def test_induction_is_the_definition(seed, rows, columns, method, k):
    source, target = draw(seed, rows), draw(seed + 1, columns)
    cosine = source @ target.T
    scores = cosine
    if method == "csls":
        near = np.sort(cosine, axis=1)[:, -k:].mean(axis=1, keepdims=True)
        scores = 2 * cosine - near - np.sort(cosine, axis=0)[-k:].mean(axis=0)
    found = induce(named("s", source), source, named("t", target), target, method, k)
    assert found["source"].tolist() == named("s", source)
    assert np.allclose(found["score"], scores.max(axis=1), atol=1e-5)
    chosen = found["target"].str[1:].astype(int).to_numpy()
    assert np.allclose(scores[np.arange(rows), chosen], scores.max(axis=1), atol=1e-5)


def test_blocks_do_not_matter(monkeypatch):
    source, target = draw(1, 50), draw(2, 40)
    arguments = named("s", source), source, named("t", target), target
    whole = induce(*arguments)
    monkeypatch.setattr(module, "_BLOCK_BYTES", 7 * 4 * 40)
    blocks = induce(*arguments)
    assert blocks["target"].tolist() == whole["target"].tolist()
    assert np.allclose(blocks["score"], whole["score"], atol=1e-6)


def test_of_equals_the_earlier_target_is_taken():
    same = np.ones((1, 2), np.float32) / 2**0.5
    for method in ("csls", "nn"):
        found = induce(["a"], same, ["x", "y", "z"], np.repeat(same, 3, axis=0), method)
        assert found["target"].tolist() == ["x"]


def test_csls_is_not_taken_in_by_a_hub():
    angles = np.deg2rad([0, 40, -40])
    source = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    angles = np.deg2rad([0, 85, -85])  # the first is the nearest to all three
    target = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    arguments = named("s", source), source, named("t", target), target
    assert induce(*arguments, "nn")["target"].tolist() == ["t0", "t0", "t0"]
    assert induce(*arguments, "csls", 3)["target"].tolist() == ["t0", "t1", "t2"]


def test_only_shared_words_are_their_own_translation():
    vectors = np.eye(3, dtype=np.float32)
    words = ["hotel", "die", "rest"]
    found = induce(words, vectors, words, vectors, "nn", shared={"hotel"})
    assert to_mapping(found) == {"hotel": "hotel", "die": "hotel", "rest": "hotel"}


def test_a_word_without_a_candidate_is_left_out():
    vectors = np.eye(1, 3, dtype=np.float32)
    assert induce(["die"], vectors, ["die"], vectors).empty
    assert induce(["a"], vectors, [], np.empty((0, 3), np.float32)).empty
    assert induce([], np.empty((0, 3), np.float32), ["a"], vectors).empty


def test_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method 'rcsls'"):
        induce([], np.empty((0, 3)), [], np.empty((0, 3)), "rcsls")


def test_neighbourhood_of_fewer_than_k_others():
    vectors = np.eye(2, dtype=np.float32)
    assert neighbourhood(vectors, vectors, 10).tolist() == [0.5, 0.5]


def test_quality_counts_what_is_right_covered_and_reachable():
    lexicon = frame(("red", "rot", 1), ("heart", "hart", 1), ("dog", "katze", 1))
    rows = [("red", "rot"), ("red", "rote"), ("heart", "herz"), ("dog", "hund"), ("ape", "affe")]
    pairs = pd.DataFrame(rows, columns=["source", "target"])
    figures = quality(lexicon, pairs, ["rot", "hart", "katze", "hund"])
    assert figures == {
        "entries": 4, "n": 3, "coverage": 0.75, "precision_at_1": 1 / 3,
        "reachable": 2, "precision_at_1_reachable": 0.5,
    }  # fmt: skip
    json.dumps(figures)


def test_quality_of_nothing_is_none():
    pairs = pd.DataFrame([("ape", "affe")], columns=["source", "target"])
    figures = quality(frame(("red", "rot", 1)), pairs, ["rot"])
    assert figures["coverage"] == 0
    assert figures["precision_at_1"] is None
    assert quality(frame(("red", "rot", 1)), pairs[:0], ["rot"])["coverage"] is None


@given(st.integers(0, 1000), SIZES, SIZES, st.sampled_from(["csls", "nn"]), st.integers(1, 6))
def test_several_translations_are_the_best_ones_best_first(seed, rows, columns, method, translations):
    source, target = draw(seed, rows), draw(seed + 1, columns)
    arguments = named("s", source), source, named("t", target), target, method, 3
    one, every = induce(*arguments), induce(*arguments, translations=columns)
    some = induce(*arguments, translations=translations)
    pd.testing.assert_frame_equal(some.drop_duplicates("source", ignore_index=True), one)
    best = every.groupby("source", sort=False).head(translations).reset_index(drop=True)
    pd.testing.assert_frame_equal(some, best)
    for _, own in every.groupby("source"):
        assert own["score"].is_monotonic_decreasing and own["target"].is_unique
