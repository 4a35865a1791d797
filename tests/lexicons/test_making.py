"""Lexicons of all kinds, made and measured."""

import json
import logging
import re
from collections import Counter

import pandas as pd
import pytest
from small_corpus import write_corpus
from tagging_schema import write_names

from switchrank.errors import UserError
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.making import coverage, make_lexicon, quality, unseen_pairs
from switchrank.lexicons.tsv import to_mapping, write_lexicon

ENDINGS = [chr(97 + i // 26) + chr(97 + i % 26) for i in range(600)]  # of one word each, without digits
NAMES = {
    "en": ["Bus Stop", *(f"name{end}" for end in ENDINGS)],
    "de": ["Haltestelle", *(f"wort{end}" for end in ENDINGS)],
}
RIGHT = pd.DataFrame({"source": NAMES["en"][1:], "target": NAMES["de"][1:], "score": 1.0})
COUNTS = {"source", "target", "method", "words", "of_several_words", "translations_per_word"}
QUALITY = {"entries", "n", "coverage", "precision_at_1", "reachable", "precision_at_1_reachable"}
COVERAGE = {"coverage_of_training_words", "coverage_of_training_tokens"}


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """What every kind gets."""
    folder = tmp_path_factory.mktemp("inputs")
    corpus = write_corpus(folder / "corpus")
    return {"source_language": "en", "corpus": corpus, "names": write_names(folder, **NAMES)}


@pytest.mark.parametrize(("source", "target"), [("en", "de"), ("de", "en")])
def test_titles_are_not_measured_on_themselves(given, source, target):
    lexicon, stats = make_lexicon({"kind": "titles"}, Inputs(source=source, target=target, **given))
    translated = {"bus stop": "haltestelle"} if source == "en" else {"haltestelle": "bus stop"}
    assert translated.items() <= to_mapping(lexicon).items()
    assert set(stats) == COUNTS | COVERAGE
    assert (stats["source"], stats["target"], stats["method"]) == (source, target, "titles")
    assert (stats["words"], stats["of_several_words"]) == (601, int(source == "en"))


def test_a_shuffled_lexicon_has_the_same_words_and_next_to_no_precision(given, tmp_path):
    write_lexicon(tmp_path / "en-de.tsv", RIGHT)
    inputs = Inputs(source="en", target="de", lexicon=tmp_path / "en-de.tsv", **given)
    shuffled, stats = make_lexicon({"kind": "shuffled", "of": "clwe", "seed": 1}, inputs)
    for column in ("source", "target"):
        assert set(shuffled[column]) == set(RIGHT[column])
    assert set(stats) == COUNTS | QUALITY | COVERAGE
    assert stats["n"] > 100 and stats["precision_at_1"] < 0.05


def take_over(given, path, rows, source="en", target="de"):
    lines = ["source\ttarget\tscore", *("\t".join(row) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    inputs = Inputs(source=source, target=target, file=path, **given)
    return make_lexicon({"kind": "file", "folder": str(path.parent)}, inputs)


def test_a_users_lexicon_is_taken_over_and_measured(given, tmp_path, caplog):
    rows = [*zip(RIGHT["source"], RIGHT["target"], "1" * len(RIGHT), strict=True), ("t-shirt", "Hemd", "1")]
    with caplog.at_level(logging.WARNING):
        lexicon, stats = take_over(given, tmp_path / "en-de.tsv", [*rows, ("Red", "rot", "2")])
    (warning,) = caplog.messages
    assert f"{tmp_path / 'en-de.tsv'}: found 1 sources that are never switched, such as 't-shirt'" in warning
    assert to_mapping(lexicon)["red"] == "rot"
    assert (stats["method"], stats["words"], stats["precision_at_1"]) == ("file", 602, 1)
    assert 0 < stats["coverage_of_training_tokens"] < 1


def test_into_the_source_language_nothing_is_switched(given, tmp_path, caplog):
    rows = [("t-shirt", "shirt", "1"), ("de", "of", "1")]
    with caplog.at_level(logging.WARNING):
        _, stats = take_over(given, tmp_path / "de-en.tsv", rows, "de", "en")
    assert not caplog.messages
    assert stats["coverage_of_training_words"] == 1 / 34  # red, de, and the names and words of 16 records


def test_counts_of_sources_and_translations(given, tmp_path):
    rows = [("bus stop", "halt", "1"), ("bus stop", "haltestelle", "1"), ("red", "rot", "1")]
    _, stats = take_over(given, tmp_path / "en-de.tsv", rows)
    assert {"words": 2, "of_several_words": 1, "translations_per_word": 1.5}.items() <= stats.items()


def test_a_language_that_the_schema_lacks_is_not_measured(given, tmp_path):
    _, stats = take_over(given, tmp_path / "en-nl.tsv", [("red", "rood", "1")], "en", "nl")
    assert set(stats) == COUNTS | COVERAGE


def test_a_bad_line_of_a_users_lexicon_is_named(given, tmp_path):
    expected = re.escape("de-en.tsv, line 2: found ['rot', 'red']")
    with pytest.raises(UserError, match=expected):
        take_over(given, tmp_path / "de-en.tsv", [("rot", "red")], "de", "en")


def frame(*rows):
    return pd.DataFrame(rows, columns=["source", "target", "score"])


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
    figures = quality(lexicon, pairs, ["rot", "hart", "katze", "hund"], "de")
    assert figures == {
        "entries": 4, "n": 3, "coverage": 0.75, "precision_at_1": 1 / 3,
        "reachable": 2, "precision_at_1_reachable": 0.5,
    }  # fmt: skip
    json.dumps(figures)


def test_quality_of_nothing_is_none():
    pairs = pd.DataFrame([("ape", "affe")], columns=["source", "target"])
    figures = quality(frame(("red", "rot", 1)), pairs, ["rot"], "de")
    assert figures["coverage"] == 0
    assert figures["precision_at_1"] is None
    assert quality(frame(("red", "rot", 1)), pairs[:0], ["rot"], "de")["coverage"] is None


def test_coverage_of_different_words_and_of_all():
    words = Counter({"red": 6, "dog": 2, "stop": 2})
    lexicon = frame(("red", "rot", 1), ("bus stop", "halt", 1), ("dog", "hund", 1), ("ape", "affe", 1))
    expected = {"coverage_of_training_words": 2 / 3, "coverage_of_training_tokens": 0.8}
    assert coverage(lexicon, words) == expected
    assert set(coverage(lexicon, Counter()).values()) == {0}


@pytest.mark.parametrize("target", ["Brücke", "Bru\u0308cke", "BRÜCKE", "brü\u00adcke"])
def test_a_translation_is_right_however_it_is_cased_and_composed(target):
    pairs = pd.DataFrame([("bridge", "brücke")], columns=["source", "target"])
    figures = quality(frame(("bridge", target, 1)), pairs, [target], "de")
    assert (figures["precision_at_1"], figures["reachable"]) == (1, 1)


@pytest.mark.parametrize("spelling", [str.title, lambda word: f"{word[:3]}\u00ad{word[3:].upper()}"])
def test_a_users_casing_survives_and_is_no_mistake(given, tmp_path, spelling):
    rows = [
        (name.upper(), spelling(word), "1")
        for name, word in zip(RIGHT["source"], RIGHT["target"], strict=True)
    ]
    lexicon, stats = take_over(given, tmp_path / "en-de.tsv", rows)
    assert stats["precision_at_1"] == stats["precision_at_1_reachable"] == 1
    assert lexicon["target"].tolist() == [spelling(word).replace("\u00ad", "") for word in RIGHT["target"]]


def test_numbers_in_a_users_lexicon_are_told(given, tmp_path, caplog):
    with caplog.at_level(logging.WARNING):
        take_over(given, tmp_path / "en-de.tsv", [("1920s", "Zwanziger", "1"), ("mp3", "Lied", "1")])
    (warning,) = caplog.messages
    assert "found 1 sources that are never switched, such as '1920s'" in warning
