"""BM25 by Lucene on a handful of passages; the Java machine starts once, in this process."""

import os
import subprocess
import sys
import unicodedata
from math import log
from pathlib import Path

import pandas as pd
import pytest

from switchrank.retrieval.bm25 import ANALYZERS, bm25

ENGLISH = {"p3": "running dogs, cats", "p1": "dog run", "p2": "dog run", "p4": "the house", "p5": "red brick"}
GERMAN = {"g1": "Häuser und Gärten", "g2": "der Hund", "g3": "Hunde bellen laut", "g4": "und der"}


def search(queries, passages, language="en", depth=10, **parameters):
    run = bm25(pd.Series(queries), pd.Series(passages), language, depth, **parameters)
    assert run.columns.tolist() == ["query_id", "passage_id", "score"]
    return run


def found(text, passages, language="en", depth=10):
    return search({"q": text}, passages, language, depth)["passage_id"].tolist()


def test_java_says_nothing_on_the_terminal():
    code = "import pandas as pd; from switchrank.retrieval.bm25 import bm25; "
    code += "print(len(bm25(pd.Series({'q': 'dog'}), pd.Series({'p': 'dog'}), 'en', 1)))"
    library = Path(__file__).parents[2] / "workflow"
    environment = os.environ | {"PYTHONPATH": str(library)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_english_is_stemmed_and_ties_go_by_passage_id():
    assert found("Dogs ran; RUNS", ENGLISH) == ["p1", "p2", "p3"]


def test_german_is_stemmed_its_own_way():
    assert found("Haus", GERMAN, "de") == ["g1"]
    assert sorted(found("Hündchen Hunden", GERMAN, "de")) == ["g2", "g3"]
    assert found("Haus", GERMAN, "en") == []


@pytest.mark.parametrize(("language", "stop_words"), [("en", "the"), ("de", "und der")])
def test_stop_words_find_nothing(language, stop_words):
    assert found(stop_words, ENGLISH | GERMAN, language) == []


@pytest.mark.parametrize("text", ["zebra", "", "!?", "🦓"])
def test_a_query_that_nothing_matches_finds_nothing(text):
    assert found(text, ENGLISH) == []


def test_signs_of_a_query_language_are_plain_text():
    assert found('+dog AND (NOT "brick" ~2 -cat* OR ?', ENGLISH) == ["p3", "p5", "p1", "p2"]


@pytest.mark.parametrize("language", ["zh", "zh-Hans", "yue"])
def test_chinese_needs_no_blanks(language):
    assert found("小狗", {"c1": "动物，小狗", "c2": "动物，猫"}, language) == ["c1"]


def test_passages_without_words_are_never_found():
    assert found("dog", {"p1": "", "p2": "dog", "p3": "…"}) == ["p2"]


def test_depth_and_ties_at_its_edge():
    passages = {f"p{number:02}": "dog run" for number in range(20, 0, -1)}
    assert found("dog", passages, depth=5) == ["p01", "p02", "p03", "p04", "p05"]


def test_the_order_of_the_passages_does_not_matter():
    queries = {"q1": "dog", "q2": "red house", "q3": "running"}
    turned = dict(reversed(ENGLISH.items()))
    pd.testing.assert_frame_equal(search(queries, ENGLISH), search(queries, turned))


def test_queries_keep_their_order_and_do_not_depend_on_each_other():
    run = search({"q2": "house", "q1": "brick", "q3": "dog"}, ENGLISH)
    assert run["query_id"].unique().tolist() == ["q2", "q1", "q3"]
    alone = search({"q3": "dog"}, ENGLISH)
    pd.testing.assert_frame_equal(run[run["query_id"] == "q3"].reset_index(drop=True), alone)


@pytest.mark.parametrize(("k1", "b"), [(0.9, 0.4), (1.2, 0.75), (0.5, 0.0)])
def test_scores_by_hand(k1, b):
    passages = {"p1": "dog dog cat", "p2": "cat", "p3": "fish bird dog horse cow", "p4": "bird fish fish"}
    lengths = {name: len(text.split()) for name, text in passages.items()}
    mean, idf = sum(lengths.values()) / 4, log(1 + (4 - 2 + 0.5) / (2 + 0.5))
    run = search({"q": "dog"}, passages, k1=k1, b=b).set_index("passage_id")["score"]
    assert set(run.index) == {"p1", "p3"}
    for name, frequency in (("p1", 2), ("p3", 1)):
        # Lucene leaves the constant factor k1 + 1 out.
        expected = idf * frequency / (frequency + k1 * (1 - b + b * lengths[name] / mean))
        assert run[name] == pytest.approx(expected, abs=1e-4)


# Ways to spell one word, of which each language has those that occur in its texts.
COMPOSED = {
    "ar": "أكل", "de": "Bär", "en": "cliché", "es": "señora", "fr": "pâtisserie", "hi": "घोड़ा", "id": "café",
    "it": "città", "ja": "がくせい", "nl": "ideeën", "pt": "coração", "ru": "йогурт", "zh": "狗é",
    "vi": "chó trường", "ko": "한국어", "tr": "gökyüzü", "he": "שׁלום", "el": "σκύλος",
}  # fmt: skip
WITHOUT_ANALYZER = ["vi", "ko", "tr", "he", "el"]
assert ANALYZERS | {*WITHOUT_ANALYZER} == {*COMPOSED}


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def with_signs(text):
    """With a mark of direction and a byte order mark around, a soft hyphen within."""
    return f"\u200f\ufeff{text[0]}\u00ad{text[1:]}\u200e"


def full_width(text):
    return "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)


@pytest.mark.parametrize("language", COMPOSED)
def test_a_word_is_found_however_it_is_spelt(language):
    word = COMPOSED[language]
    spellings = {"plain": word} | {way.__name__: way(word) for way in (decomposed, full_width, with_signs)}
    run = search(spellings, spellings | {"zzz": "zzz"}, language)
    assert run["score"].nunique() == 1
    for query in spellings:
        assert run[run["query_id"] == query]["passage_id"].tolist() == sorted(spellings)


APOSTROPHES = "'’‘ʼ＇"


@pytest.mark.parametrize(
    ("language", "text", "asked"),
    [
        ("fr", "l{}arbre", "arbre"), ("fr", "aujourd{}hui", "aujourd'hui"), ("it", "dell{}albero", "albero"),
        ("it", "l{}amica", "amica"), ("en", "the dog{}s", "dog"), ("pt", "pistola d{}água", "d'água"),
        ("nl", "pinda{}s", "pinda's"), ("vi", "xu{}ka", "xu'ka"), ("tr", "Ankara{}da", "ankara'da"),
    ],
)  # fmt: skip
def test_every_apostrophe_is_read_alike(language, text, asked):
    passages = {f"p{number}": text.format(sign) for number, sign in enumerate(APOSTROPHES)}
    assert found(asked, passages | {"other": "zzz"}, language) == list(passages)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "كِتَاب", "كتاب"), ("ar", "كتــاب", "كتاب"), ("ja", "ﾃﾚﾋﾞ", "テレビ"), ("he", "שָׁלוֹם", "שלום"),
        ("tr", "ISPARTA", "ısparta"), ("tr", "İZMİR", "izmir"), ("ro", "brânză ş ţară", "brânză ș țară"),
        ("zh", "紅色汽車", "红色汽车"), ("zh-Hant", "紅色汽車", "红色汽车"), ("yue", "紅色汽車", "红色汽车"),
        ("fa", "کِتاب", "کتاب"), ("de", "ﬂiegen", "fliegen"),
    ],
)  # fmt: skip
def test_what_languages_spell_in_two_ways_is_found_in_both(language, one, other):
    passages = {"p1": one, "p2": other, "p3": "zzz"}
    assert found(one, passages, language) == found(other, passages, language) == ["p1", "p2"]


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
@pytest.mark.parametrize("terms", [1024, 3_000, 20_000])
def test_a_query_may_have_any_number_of_different_terms(language, terms):
    query = " ".join(f"word{number}" for number in range(terms))
    passages = {"first": "word0", "last": f"word{terms - 1}", "none": f"word{terms}"}
    assert found(query, passages, language) == ["first", "last"]


@pytest.mark.parametrize("language", ["en", "ar", "ja", "vi"])
def test_a_passage_may_be_of_any_length(language):
    passages = {"long": "dog " * 100_000 + "brick", "one word": "y" * 100_000, "short": "brick"}
    assert sorted(found("brick", passages, language)) == ["long", "short"]
    assert found("y" * 100_000, passages, language) == ["one word"]


@pytest.mark.parametrize("language", COMPOSED)
def test_texts_without_words_find_nothing_and_are_not_found(language):
    texts = {f"t{n}": text for n, text in enumerate(["", " \t\n", "!? …", "\0", "\u200f\u00ad", "\u0301"])}
    assert search(texts, {"dog": "dog", **texts}, language).empty


@pytest.mark.parametrize("language", ["en", "zh", "vi"])
def test_null_characters_hurt_no_words(language):
    assert found("\0 dog", {"p": "dog \0", "q": "cat"}, language) == ["p"]
