"""Lexicons of all kinds, made and measured."""

import logging
import re

import pandas as pd
import pytest
from small_corpus import write_corpus
from tagging_schema import write_names

from switchrank.errors import UserError
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.making import make_lexicon
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


def test_a_language_that_the_schema_lacks_is_not_measured(given, tmp_path):
    _, stats = take_over(given, tmp_path / "en-nl.tsv", [("red", "rood", "1")], "en", "nl")
    assert set(stats) == COUNTS | COVERAGE


def test_a_bad_line_of_a_users_lexicon_is_named(given, tmp_path):
    expected = re.escape("de-en.tsv, line 2: found ['rot', 'red']")
    with pytest.raises(UserError, match=expected):
        take_over(given, tmp_path / "de-en.tsv", [("rot", "red")], "de", "en")
