"""Words of a text, with their places."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.text.words import (
    is_number,
    joined,
    length,
    replace_words,
    replaced,
    stop_words,
    without_words,
    word_spans,
    words,
)

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
    assert words(text, "en") == expected


@given(TEXTS)
def test_words_and_what_lies_between_them_give_the_text_back(text):
    pieces, end = [], 0
    for start, stop in word_spans(text, "en"):
        assert end <= start < stop
        pieces += [text[end:start], text[start:stop]]
        end = stop
    assert "".join([*pieces, text[end:]]) == text
    assert [text[start:stop] for start, stop in word_spans(text, "en")] == words(text, "en")


@given(TEXTS)
def test_replacing_every_word_by_itself_changes_nothing(text):
    spans = word_spans(text, "en")
    assert replace_words(text, spans, dict(zip(spans, words(text, "en"), strict=True))) == text
    assert replace_words(text, spans, {}) == text


def test_replacing_keeps_punctuation_and_spacing():
    text = "“Red”  heart,\tbroken…"
    red, heart, broken = word_spans(text, "en")
    assert (
        replace_words(text, [red, heart, broken], {broken: "kaputt", red: "Rotes"})
        == "“Rotes”  heart,\tkaputt…"
    )


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_english_has_the_stop_words_of_lucene(language):
    assert len(stop_words(language)) == 33 and {"the", "of"} <= stop_words(language)


def test_other_languages_have_no_stop_words():
    assert stop_words("de") == frozenset()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "L’arbre d'ordinateur", ["L’", "arbre", "d'", "ordinateur"]),
        ("fr", "qu'il jusqu'à LORSQU'ON", ["qu'", "il", "jusqu'", "à", "LORSQU'", "ON"]),
        ("fr", "l’e\u0301cole d'œuvre l'«eau»", ["l’", "e\u0301cole", "d'", "œuvre", "l'", "eau"]),
        ("fr", "aujourd'hui quelqu'un prud'homme", ["aujourd'hui", "quelqu'un", "prud'homme"]),
        ("fr", "d'aujourd'hui presqu'île", ["d'", "aujourd'hui", "presqu'île"]),
        (
            "fr",
            "l'ONU l'11 j'suis p'tit rock'n'roll",
            ["l'", "ONU", "l'", "11", "j'suis", "p'tit", "rock'n'roll"],
        ),
        ("fr-CA", "s'il don't", ["s'", "il", "don't"]),
        ("it", "un'amica dell’acqua quest'anno", ["un'", "amica", "dell’", "acqua", "quest'", "anno"]),
        ("it", "com'è L'Aquila un po' don't", ["com'", "è", "L'", "Aquila", "un", "po", "don't"]),
        (
            "ca",
            "s'hi l'aigua se'n dona'm pel·lícula",
            ["s'", "hi", "l'", "aigua", "se'n", "dona'm", "pel·lícula"],
        ),
        ("pt", "copo d'água", ["copo", "d'", "água"]),
        ("oc", "l'aiga", ["l'", "aiga"]),
        (
            "en",
            "don't o'clock rock'n'roll l'eau cat's",
            ["don't", "o'clock", "rock'n'roll", "l'eau", "cat's"],
        ),
        ("uk", "п'ять п’ять пʼять", ["п'ять", "п’ять", "пʼять"]),
        ("nl", "auto's", ["auto's"]),
        (
            "fr",
            "ç'a presqu'autant d'R2 parcequ'il",
            ["ç'", "a", "presqu'", "autant", "d'", "R2", "parcequ'il"],
        ),
        (
            "fr",
            "presqu'il presqu'îles s'entr'aimer entr'acte entr'eux",
            ["presqu'", "il", "presqu'îles", "s'", "entr'aimer", "entr'acte", "entr'", "eux"],
        ),
        ("fr", "c\u0327'a C\u0327’a", ["c\u0327'", "a", "C\u0327’", "a"]),
        ("fr", "lʼarbre lʻarbre", ["lʼ", "arbre", "lʻ", "arbre"]),
        ("it", "ch'egli mill'anni", ["ch'", "egli", "mill'", "anni"]),
        ("el", "σ'αγαπώ απ'το Απ’ΤΟ μεσ'", ["σ'", "αγαπώ", "απ'", "το", "Απ’", "ΤΟ", "μεσ"]),
        ("tr", "Türkiye'de", ["Türkiye'de"]),
    ],
)
def test_an_elided_word_is_a_word_where_the_language_has_elision(language, text, expected):
    assert words(text, language) == expected


SIGNS = ["\u00ad", "\u202a", "\u200e", "\ufeff", "\u2060", "\u200d"]


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "l'arbre"),
        ("fr", "jusqu’à"),
        ("fr", "l'«eau»"),
        ("it", "all'alba"),
        ("ca", "s'hi"),
        ("el", "απ'το"),
    ],
)
def test_signs_that_format_a_text_do_not_hide_elision(language, text, sign):
    expected = words(text, language)
    assert len(expected) == 2
    for place in range(1, len(text)):
        found = words(text[:place] + sign + text[place:], language)
        assert [word.replace(sign, "") for word in found] == expected


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("he", 'ע"\u00adי'),
        ("he", 'ארה\u200f"\u200fב\u200f\u05bc'),
        ("ca", "col·\u00adlegi"),
        ("ca", "col\u00ad·legi"),
        ("haw", "ʻokina"),
        ("uz", "togʻ"),
        ("uz", "tog'"),
        ("uz", "o’zbek"),
        ("de", "Schreib\u00adtisch"),
        ("de", "a\u2060b"),
        ("de", "Auf\u200clage"),
        ("he", "ש\u200fלום"),
        ("he", "שָׁלוֹם"),
        ("he", 'ארה"ב'),
        ("he", "צה״ל"),
        ("ar", "كَلِمَة"),
        ("ar", "الحمــــد"),
        ("ar", "ـه"),
        ("fa", "می\u200cشود"),
        ("hi", "\u0958लम"),
        ("hi", "\u0915\u093cलम"),
        ("hi", "क्\u200dया"),
        ("ml", "അവന്\u200d"),
        ("ja", "ﾊﾞｽ"),
        ("ja", "か\u3099く"),
        ("en", "ＲＥＤ２"),
        ("mn", "а\u180eб"),
        ("en", "e\ufe0fx"),
    ],
)
def test_marks_and_signs_that_format_neither_break_a_word_nor_are_left_over(language, word):
    assert words(f"x {word}, y", language) == ["x", word, "y"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "bus\u200bstop", ["bus", "stop"]),
        ("en", "\ufeffbus \u202bstop\u202c", ["bus", "stop"]),
        ("he", 'ה"מילה" טובה', ["ה", "מילה", "טובה"]),
        ("ar", "ـــ", []),
        ("en", "\u3164 \u00ad", []),
        ("en", "a·b", ["a", "b"]),
        ("en", "the boysʼ club", ["the", "boys", "club"]),
        ("en", "boysʻ ʻokina ʼtis", ["boys", "okina", "tis"]),
    ],
)
def test_other_signs_stay_outside(language, text, expected):
    assert words(text, language) == expected


@given(TEXTS.filter(str.isascii))
def test_plain_text_has_the_words_that_it_has_beside_other_text(text):
    assert [*words(text, "en"), "é"] == words(f"{text} é", "en")


@pytest.mark.parametrize("word", ["00", "0000s", "1920s", "٢٤", "२४वां", "7", "२", "24th", "0.0m", "２４"])
def test_numbers(word):
    assert is_number(word)


@pytest.mark.parametrize("word", ["mp3", "4x4", "3d", "heart", "कलम", "co2"])
def test_words_with_single_digits_are_none(word):
    assert not is_number(word)


def test_words_are_joined_as_an_entry_has_them():
    assert joined(["bus", "stop"], "en") == "bus stop"
    assert joined(["rue", "de", "l'", "arbre"], "fr") == "rue de l'arbre"
    assert joined(["l'"], "fr") == "l'"
    assert joined(["l", "arbre"], "fr") == "l arbre"


def test_an_elided_word_counts_with_the_next_where_the_language_has_it():
    assert length(["l'", "arbre", "vert"], "fr") == 2
    assert length(["l'", "arbre", "vert"], "en") == 3


@pytest.mark.parametrize("text", ["ـَ" * 20_000, "ـ" * 40_000, "ـ" * 20_000 + "َ" * 20_000])
def test_strokes_without_a_letter_are_read_quickly(text):
    started = time.process_time()
    assert words(text, "ar") == []
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    ("replacements", "expected"),
    [
        ({"arbre": "tree"}, "(l' tree) d'or"),
        ({"l'": "the"}, "(the arbre) d'or"),
        ({"l'": "the", "arbre": "tree"}, "(the tree) d'or"),
        ({"or": "gold"}, "(l'arbre) d' gold"),
        ({"d'": "of"}, "(l'arbre) of or"),
        ({}, "(l'arbre) d'or"),
    ],
)
def test_words_that_touch_are_parted_where_one_is_replaced(replacements, expected):
    text = "(l'arbre) d'or"
    spans = word_spans(text, "fr")
    chosen = {(a, b): replacements[text[a:b]] for a, b in spans if text[a:b] in replacements}
    assert replace_words(text, spans, chosen) == expected


@pytest.mark.parametrize(
    ("dropped", "expected"),
    [
        (set(), "(rue de l'arbre, vert)"),
        ({0}, "(de l'arbre, vert)"),
        ({2}, "(rue de arbre, vert)"),
        ({3}, "(rue de l', vert)"),
        ({4}, "(rue de l'arbre)"),
        ({0, 1, 2, 4}, "(arbre)"),
        ({0, 1, 2, 3, 4}, "()"),
    ],
)
def test_a_word_that_is_dropped_goes_with_what_parts_it_from_the_one_before(dropped, expected):
    text = "(rue de l'arbre, vert)"
    assert without_words(text, word_spans(text, "fr"), dropped) == expected


def test_a_text_without_words_has_none_to_drop():
    assert without_words("❤️ …", [], set()) == "❤️ …"


def test_pieces_say_what_they_replace():
    spans = word_spans("l'arbre vert", "fr")
    pieces = list(replaced("l'arbre vert", spans, {spans[1]: "tree"}))
    assert pieces == [("l' ", None), ("tree", spans[1]), (" vert", None)]
