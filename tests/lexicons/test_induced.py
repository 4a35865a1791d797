"""Lexicons induced from word vectors."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.files import write_json
from switchrank.lexicons import induced
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.induced import Induced, Settings, induce, neighbourhood
from switchrank.lexicons.tsv import to_mapping
from switchrank.lexicons.vectors import WordVectors, unit_rows, write_vectors


@pytest.fixture
def lexicon(tmp_path):
    """Makes a lexicon of a few German and English words, of which one German word is frequent."""
    degrees = {"en": {"a": 0, "b": 90}, "de": {"anfang": 10, "beginn": 91, "zettel": 60}}
    for language, angles in degrees.items():
        radians = np.radians(list(angles.values()))
        vectors = np.stack([np.cos(radians), np.sin(radians)], axis=1).astype(np.float32)
        write_vectors(tmp_path / f"{language}.safetensors", WordVectors(list(angles), vectors))
    write_json(tmp_path / "counts.json", {"frequent": 1})

    def make(source, target):
        kind = Induced(Settings(method="nn"))
        inputs = Inputs(
            source=source,
            target=target,
            source_language="en",
            corpus=None,
            names=None,
            source_vectors=tmp_path / f"{source}.safetensors",
            target_vectors=tmp_path / f"{target}.safetensors",
            frequent=tmp_path / "counts.json",
        )
        frame = kind.make(inputs)
        return to_mapping(frame), kind.target_words(inputs, frame)

    return make


def test_the_source_language_is_not_translated_into_words_that_only_the_collection_has(lexicon):
    """Nearest to "b" is a German word that is not frequent."""
    assert lexicon("en", "de") == ({"a": "anfang", "b": "anfang"}, ["anfang"])


def test_such_words_are_translated_into_the_source_language(lexicon):
    assert lexicon("de", "en") == ({"anfang": "a", "beginn": "b", "zettel": "b"}, ["a", "b"])


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"method": "csls", "neighbours": 5}, None),
        ({"method": "nn"}, None),
        (
            {"method": "nn", "neighbours": 5},
            "neighbours: found 5, expected none, as method nn has no use for it",
        ),
    ],
)
def test_only_csls_has_neighbours(settings, problem):
    assert Induced.check(Settings(**settings), {}) == problem


def draw(seed, rows, dimension=6):
    return unit_rows(np.random.default_rng(seed).normal(size=(rows, dimension)))


def named(prefix, vectors):
    return WordVectors([f"{prefix}{row}" for row in range(len(vectors))], vectors)


SIZES = st.integers(1, 30)


@given(st.integers(0, 1000), SIZES, SIZES, st.none() | st.integers(1, 12))
def test_induction_is_the_definition(seed, rows, columns, k):
    source, target = draw(seed, rows), draw(seed + 1, columns)
    cosine = source @ target.T
    scores = cosine
    if k is not None:
        near = np.sort(cosine, axis=1)[:, -k:].mean(axis=1, keepdims=True)
        scores = 2 * cosine - near - np.sort(cosine, axis=0)[-k:].mean(axis=0)
    lexicon = induce(named("s", source), named("t", target), k)
    assert lexicon["source"].tolist() == named("s", source).words
    assert np.allclose(lexicon["score"], scores.max(axis=1), atol=1e-5)
    chosen = lexicon["target"].str[1:].astype(int).to_numpy()
    assert np.allclose(scores[np.arange(rows), chosen], scores.max(axis=1), atol=1e-5)


def test_blocks_do_not_matter(monkeypatch):
    arguments = named("s", draw(1, 50)), named("t", draw(2, 40)), 10
    whole = induce(*arguments)
    monkeypatch.setattr(induced, "_BLOCK_BYTES", 7 * 4 * 40)
    blocks = induce(*arguments)
    assert blocks["target"].tolist() == whole["target"].tolist()
    assert np.allclose(blocks["score"], whole["score"], atol=1e-6)


def test_of_equals_the_earlier_target_is_taken():
    same = np.ones((1, 2), np.float32) / 2**0.5
    word, targets = WordVectors(["a"], same), WordVectors(["x", "y", "z"], np.repeat(same, 3, axis=0))
    for k in (10, None):
        lexicon = induce(word, targets, k)
        assert lexicon["target"].tolist() == ["x"]


def test_csls_is_not_taken_in_by_a_hub():
    angles = np.deg2rad([0, 40, -40])
    source = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    angles = np.deg2rad([0, 85, -85])  # the first is the nearest to all three
    target = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    arguments = named("s", source), named("t", target)
    assert induce(*arguments, None)["target"].tolist() == ["t0", "t0", "t0"]
    assert induce(*arguments, 3)["target"].tolist() == ["t0", "t1", "t2"]


def test_only_shared_words_are_their_own_translation():
    vectors = WordVectors(["hotel", "die", "rest"], np.eye(3, dtype=np.float32))
    lexicon = induce(vectors, vectors, None, shared={"hotel"})
    assert to_mapping(lexicon) == {"hotel": "hotel", "die": "hotel", "rest": "hotel"}


def test_a_word_without_a_candidate_is_left_out():
    word, none = WordVectors(["die"], np.eye(1, 3, dtype=np.float32)), WordVectors([], np.empty((0, 3), "f4"))
    assert induce(word, word, 10).empty
    assert induce(word, none, 10).empty
    assert induce(none, word, 10).empty


def test_neighbourhood_of_fewer_than_k_others():
    vectors = np.eye(2, dtype=np.float32)
    assert neighbourhood(vectors, vectors, 10).tolist() == [0.5, 0.5]


@given(st.integers(0, 1000), SIZES, SIZES, st.sampled_from([3, None]), st.integers(1, 6))
def test_several_translations_are_the_best_ones_best_first(seed, rows, columns, k, translations):
    arguments = named("s", draw(seed, rows)), named("t", draw(seed + 1, columns)), k
    first, every = induce(*arguments), induce(*arguments, translations=columns)
    some = induce(*arguments, translations=translations)
    pd.testing.assert_frame_equal(some.drop_duplicates("source", ignore_index=True), first)
    best = every.groupby("source", sort=False).head(translations).reset_index(drop=True)
    pd.testing.assert_frame_equal(some, best)
    for _, rows_of_source in every.groupby("source"):
        assert rows_of_source["score"].is_monotonic_decreasing and rows_of_source["target"].is_unique
