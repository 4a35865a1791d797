"""The figures of lexicons."""

import json
from collections import Counter

import pandas as pd
from tagging_schema import write_names

from switchrank.lexicons.quality import counts, coverage, quality, unseen_pairs


def frame(*rows):
    return pd.DataFrame(rows, columns=["source", "target", "score"])


def test_counts_of_sources_and_translations():
    lexicon = frame(("bus stop", "halt", 1), ("bus stop", "haltestelle", 1), ("red", "rot", 1))
    assert counts(lexicon) == {"words": 2, "of_several_words": 1, "translations_per_word": 1.5}


def test_unseen_pairs_are_the_same_in_both_directions(tmp_path):
    sources = [a + b + c for a in "bcdfgh" for b in "aeiou" for c in "klm"]
    write_names(tmp_path, de=sources, it=[f"{source}o" for source in sources])
    forth = unseen_pairs(tmp_path, "de", "it", "de")
    back = unseen_pairs(tmp_path, "it", "de", "de")
    assert 0 < len(forth) < len(sources) / 2
    assert (forth["source"] + "o" == forth["target"]).all()
    swapped = back.rename(columns={"source": "target", "target": "source"})
    pd.testing.assert_frame_equal(swapped, forth)


def test_of_a_language_that_the_schema_lacks_nothing_is_known(tmp_path):
    write_names(tmp_path, de=["Brücke"])
    assert unseen_pairs(tmp_path, "de", "sw", "de") is unseen_pairs(tmp_path, "sw", "de", "de") is None


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


def test_coverage_of_different_words_and_of_all():
    words = Counter({"red": 6, "dog": 2, "stop": 2})
    lexicon = frame(("red", "rot", 1), ("bus stop", "halt", 1), ("dog", "hund", 1), ("ape", "affe", 1))
    expected = {"coverage_of_training_words": 2 / 3, "coverage_of_training_tokens": 0.8}
    assert coverage(lexicon, words) == expected
    assert set(coverage(lexicon, Counter()).values()) == {0}
