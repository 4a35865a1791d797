"""Lexicons induced from word vectors."""

import numpy as np
import pytest

from switchrank.files import write_json
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.induced import Induced, Settings
from switchrank.lexicons.tsv import to_mapping
from switchrank.lexicons.vectors import WordVectors, write_vectors


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
