"""Translate Test: texts brought to the source language word by word."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.views.translation import translate, translate_texts

# A text in each language, and two of its words.
TEXTS = {
    "ar": ("قلب أحمر", {"قلب": "heart", "أحمر": "red"}, "heart red"),
    "de": ("Rotes Herz, groß!", {"rotes": "red", "herz": "heart"}, "red heart, groß!"),
    "es": ("corazón rojo", {"corazón": "heart", "rojo": "red"}, "heart red"),
    "fr": ("cœur rouge", {"cœur": "heart", "rouge": "red"}, "heart red"),
    "hi": ("लाल दिल", {"लाल": "red", "दिल": "heart"}, "red heart"),
    "id": ("hati merah", {"hati": "heart", "merah": "red"}, "heart red"),
    "it": ("cuore rosso", {"cuore": "heart", "rosso": "red"}, "heart red"),
    "ja": ("赤いハート", {"赤い": "red", "ハート": "heart"}, "red heart"),
    "nl": ("rood hart", {"rood": "red", "hart": "heart"}, "red heart"),
    "pt": ("coração vermelho", {"coração": "heart", "vermelho": "red"}, "heart red"),
    "ru": ("красное сердце", {"красное": "red", "сердце": "heart"}, "red heart"),
    "vi": ("tim đỏ", {"tim": "heart", "đỏ": "red"}, "heart red"),
    "zh": ("红色汽车", {"红色": "red", "汽车": "car"}, "red car"),
}


@pytest.mark.parametrize("language", TEXTS)
def test_words_of_every_language_are_translated_with_its_own_lexicon(language):
    text, lexicon, expected = TEXTS[language]
    translated, words, count = translate(text, language, lexicon)
    assert translated == expected != text
    assert count == 2 <= words


@pytest.mark.parametrize("language", TEXTS)
def test_words_that_are_not_found_stay(language):
    text, _, _ = TEXTS[language]
    assert translate(text, language, {"other": "word"})[::2] == (text, 0)


def test_what_is_found_is_parted_from_what_is_not_where_words_touch():
    assert translate("红色汽车", "zh", {"红色": "red"})[0] == "red 汽车"
    assert translate("红色汽车, 汽车", "zh-Hans", {"汽车": "car"})[0] == "红色 car, car"


@given(st.sampled_from(sorted(TEXTS)), st.text(max_size=20))
def test_an_empty_lexicon_changes_nothing(language, text):
    assert translate(text, language, {})[0] == text


def test_texts_keep_their_ids_and_are_counted():
    texts = pd.Series(["Rotes Herz", "Haus"], index=pd.Index(["b", "a"], name="query_id"), name="text")
    translated, stats = translate_texts(texts, "de", {"rotes": "red"})
    expected = pd.DataFrame({"query_id": ["b", "a"], "text": ["red Herz", "Haus"]})
    pd.testing.assert_frame_equal(translated.reset_index(), expected)
    shares = {"words": 3, "translated": 1, "share_translated": 1 / 3}
    assert stats == {"texts": 2, "changed_texts": 1} | shares


def test_no_texts_are_translated_to_none():
    translated, stats = translate_texts(pd.Series([], dtype="str", name="text"), "de", {})
    assert translated.empty and stats["share_translated"] == 0


@pytest.mark.parametrize(
    ("language", "text", "lexicon", "expected", "words", "count"),
    [
        ("fr", "L’arbre d'or", {"arbre": "tree", "or": "gold"}, "L’ tree d' gold", 4, 2),
        ("fr", "l'arbre", {"l'arbre": "the tree", "arbre": "tree"}, "the tree", 2, 2),
        ("fr", "l'arbre", {"l'": "the"}, "the arbre", 2, 1),
        ("fr", "aujourd'hui", {"aujourd'hui": "today", "hui": "x"}, "today", 1, 1),
        ("it", "dell'acqua", {"acqua": "water"}, "dell' water", 2, 1),
        ("de", "Weiße Straße", {"weiße": "white", "straße": "street"}, "white street", 2, 2),
        ("ar", "كَلِمَة", {"كلمة": "word"}, "word", 1, 1),
        ("he", "שָׁלוֹם", {"שלום": "peace"}, "peace", 1, 1),
        ("hi", "\u0958लम लाल", {"\u0915\u093cलम": "pen"}, "pen लाल", 2, 1),
        ("ja", "赤いﾊﾞｽ", {"バス": "bus"}, "赤い bus", 2, 1),
        ("ja", "か\u3099く", {"がく": "frame"}, "frame", 1, 1),
        ("zh-Hant", "紅色汽車", {"红色": "red", "汽车": "car"}, "red car", 2, 2),
        ("sr", "Кућа", {"kuća": "house"}, "house", 1, 1),
        ("de", "Wort\u00adlaut", {"wortlaut": "wording"}, "wording", 1, 1),
    ],
)
def test_words_are_found_however_they_are_spelt(language, text, lexicon, expected, words, count):
    assert translate(text, language, lexicon) == (expected, words, count)


@pytest.mark.parametrize("language", ["de", "ja", "hi"])
@pytest.mark.parametrize("number", ["24", "0000s", "1920s", "२४", "7"])
def test_numbers_stay(language, number):
    assert translate(f"x {number}", language, {number: "X", "0000s": "X"})[::2] == (f"x {number}", 0)
