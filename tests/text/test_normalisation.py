"""One spelling for what reads the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.text.normalisation import clean, folded, lower, normalize, phrase

LANGUAGES = st.sampled_from(
    [
        "en",
        "de",
        "de-CH",
        "tr",
        "az",
        "ro",
        "sr",
        "zh-Hant",
        "ja",
        "ar",
        "he",
        "hi",
        "fr",
        "yi",
        "ml",
        "mn",
        "uz",
        "haw",
    ]
)
TEXTS = st.text(max_size=30) | st.text(
    "Iİıißşșé\u0301か\u3099ﾊﾞ\u00ad\u200bكَـ汽車ЋљΣ’'ʻʼo്അ\u200d\u200cᠠ\u180e￣ـִ", max_size=20
)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "DOG’S", "dog's"),
        ("en", "the\u00ada\u00adter", "theater"),
        ("en", "\ufeff\u202aword\u202c\u2060", "word"),
        ("de", "STRAẞE", "straße"),
        ("de", "Bru\u0308cke", "brücke"),
        ("de", "o\u00ad\u0308l", "öl"),
        ("de", "Auf\u200clage", "auflage"),
        ("de-CH", "Straße", "strasse"),
        ("de-LI", "Straße", "strasse"),
        ("el", "ΟΔΟΣ", "οδος"),
        ("tr", "HAKKINDA İSTANBUL", "hakkında istanbul"),
        ("tr", "kișinin", "kişinin"),
        ("az", "бағырты", "bağırtı"),
        ("ro", "ACELAŞI", "același"),
        ("sr", "схваташ", "shvataš"),
        ("sr-Cyrl", "Љубав", "ljubav"),
        ("hr", "ǅep", "džep"),
        ("nl", "ĳs", "ijs"),
        ("zh-Hant", "汽車", "汽车"),
        ("ar", "كَلِمَة", "كلمة"),
        ("ar", "الحمــــــد", "الحمد"),
        ("ar", "ﻛﻠﻤﺔ", "كلمة"),
        ("fa", "می\u200cشود", "می\u200cشود"),
        ("he", "שָׁלוֹם", "שלום"),
        ("he", "צ׳ק", "צ'ק"),
        ("hi", "\u0958लम", "\u0915\u093cलम"),
        ("hi", "क्\u200dया", "क्\u200dया"),
        ("ja", "ﾊﾞｽ", "バス"),
        ("ja", "か\u3099く", "がく"),
        ("ja", "Ｕターン", "uターン"),
        ("ko", "\u1102\u1161\u11c0", "낱"),
        ("ca", "peŀlícula", "pel·lícula"),
        ("uk", "пʼять", "п'ять"),
        ("uz", "O‘zbek", "oʻzbek"),
        ("uz", "tog'", "togʻ"),
        ("uz", "maʼno", "ma'no"),
        ("yue", "汽車", "汽车"),
        ("fa", "کِتاب", "کتاب"),
        ("ur", "کِتاب", "کتاب"),
        ("yi", "ייִדיש", "ייִדיש"),
    ],
)
def test_spellings_of_a_word_are_one(language, one, other):
    assert normalize(one, language) == other == normalize(other, language)


@given(TEXTS, LANGUAGES)
def test_what_has_its_spelling_keeps_it(text, language):
    for spell in (clean, lower, normalize, phrase):
        spelt = spell(text, language)
        assert spell(spelt, language) == spelt
        assert unicodedata.is_normalized("NFC", spelt)


@given(TEXTS, LANGUAGES)
def test_a_word_has_one_normal_form_however_it_is_composed(text, language):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert normalize(composed, language) == normalize(decomposed, language)


def test_cleaning_keeps_the_casing_and_the_script():
    assert clean("Bru\u0308\u00adcke", "de") == "Brücke"
    assert clean("\u202bЉубав\u202c", "sr") == "Љубав"
    assert lower("汽車", "zh-Hant") == "汽車"
    assert lower("Straße", "de-CH") == "straße"


def test_a_blank_of_no_width_parts_words_and_joiners_stay_in_emoji():
    assert phrase("Bus\u200b\u00a0 Stop", "en") == "bus stop"
    assert clean("👩\u200d🔬", "en") == "👩\u200d🔬"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ml", "അവന്\u200d"),
        ("bn", "উত্\u200d"),
        ("yi", "פּאָליש"),
        ("ks", "کٲشُر"),
        ("ug", "كِتاب"),
        ("mn", "ᠠᠷᠢ\u180eᠠ"),
        ("haw", "ʻokina"),
        ("ja", "o￣o"),
        ("ja", "￣"),
    ],
)
def test_what_belongs_to_the_spelling_stays(language, text):
    assert clean(text, language) == text


@pytest.mark.parametrize(
    ("language", "text"), [("yi", "שב\u0640ת"), ("ug", "كت\u0640اب"), ("en", "كت\u0640اب")]
)
def test_a_stroke_that_lengthens_a_word_belongs_to_none(language, text):
    assert clean(text, language) == text.replace("\u0640", "")


@pytest.mark.parametrize(
    ("one", "language", "other", "other_language"),
    [
        ("Groß  STADT", "de", "gross stadt", "en"),
        ("TAKSİ", "tr", "taksi", "en"),
        ("汽車", "zh-Hant", "汽车", "zh"),
        ("L’eau\u00a0", "fr", "l'EAU", "fr"),
        ("ΟΔΟΣ", "el", "οδοσ", "el"),
    ],
)
def test_texts_that_are_written_the_same_are_one_when_folded(one, language, other, other_language):
    assert folded(one, language) == folded(other, other_language)
    assert folded("red", language) != folded("rot", other_language)


def test_scripts_stay_apart_when_folded():
    assert folded("радио", "sr") != folded("radio", "sr")
