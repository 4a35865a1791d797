"""Words of a text, with their places."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.text.words import normalize, replace_spans, stop_words, word_spans, words

TEXTS = st.text(max_size=60) | st.text(
    alphabet="ab'’- .,ée\u0301👩\u200d🔬\ufe0f\U0001f1e9\U0001f1ea1²ß", max_size=40
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("red heart, broken!", ["red", "heart", "broken"]),
        ("it's the dog’s", ["it's", "the", "dog’s"]),
        ("'quoted' words'", ["quoted", "words"]),
        ("merry-go-round", ["merry", "go", "round"]),
        ("cafe\u0301 crème", ["cafe\u0301", "crème"]),
        ("24 hours, 3D", ["24", "hours", "3D"]),
        ("❤️ heart ☎️", ["heart"]),
        ("👩🏽‍🔬 scientist", ["scientist"]),
        ("हिन्दी शब्द", ["हिन्दी", "शब्द"]),
        ("مرحبا، عالم", ["مرحبا", "عالم"]),
        ("a_b", ["a", "b"]),
        ("", []),
    ],
)
def test_words_of_a_text(text, expected):
    assert words(text) == expected


@given(TEXTS)
def test_words_and_what_lies_between_them_give_the_text_back(text):
    pieces, end = [], 0
    for start, stop in word_spans(text):
        assert end <= start < stop
        pieces += [text[end:start], text[start:stop]]
        end = stop
    assert "".join([*pieces, text[end:]]) == text
    assert [text[start:stop] for start, stop in word_spans(text)] == words(text)


@given(TEXTS)
def test_replacing_every_word_by_itself_changes_nothing(text):
    spans = word_spans(text)
    assert replace_spans(text, dict(zip(spans, words(text), strict=True))) == text
    assert replace_spans(text, {}) == text


def test_replacing_keeps_punctuation_and_spacing():
    text = "“Red”  heart,\tbroken…"
    red, _, broken = word_spans(text)
    assert replace_spans(text, {broken: "kaputt", red: "Rotes"}) == "“Rotes”  heart,\tkaputt…"


@given(TEXTS)
def test_a_word_has_one_normal_form_however_it_is_composed(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert normalize(composed) == normalize(decomposed)
    assert unicodedata.is_normalized("NFC", normalize(text))


def test_normal_form_is_lower_case_with_straight_apostrophes():
    assert normalize("DOG’S") == "dog's"


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_english_has_the_stop_words_of_lucene(language):
    assert len(stop_words(language)) == 33 and {"the", "of"} <= stop_words(language)


def test_other_languages_have_no_stop_words():
    assert stop_words("de") == frozenset()
