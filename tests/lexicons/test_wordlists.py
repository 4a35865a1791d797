"""Word lists, with words as people write them."""

import pytest
import wordfreq

from switchrank.errors import UserError
from switchrank.lexicons.wordlists import frequency, list_of, listed_words
from switchrank.text.normalisation import normalize

LISTS = {
    "de": {"masse": 3e-4, "strasse": 2e-4, "gross": 1e-4, "dass": 1e-5, "fuss": 1e-6},
    "el": {"οδοσ": 1e-3, "σ": 1e-4, "σήμεροσ": 1e-5, "μεσ'": 1e-6},
    "tr": {"ışık": 1e-3},
    "ro": {"știri": 1e-3},
    "sh": {"schvatio": 1e-4, "kuća": 1e-5},
    "zh": {"汽车": 1e-4},
    "fi": {"et\u00adtä": 1e-4},
}


@pytest.fixture(autouse=True)
def lists(monkeypatch):
    monkeypatch.setattr(wordfreq, "get_frequency_dict", LISTS.get)
    monkeypatch.setattr(wordfreq, "iter_wordlist", lambda code: iter(LISTS[code]))


def test_german_words_have_their_eszett_and_one_spelt_in_two_ways_is_two():
    assert list(listed_words("de")) == [
        ("masse", 3e-4), ("maße", 3e-4), ("straße", 2e-4), ("groß", 1e-4), ("dass", 1e-5), ("fuß", 1e-6),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("listed", "written"),
    [
        ("bergstrasse", "bergstraße"), ("kreisstrasse", "kreisstraße"), ("schlossstrasse", "schlossstraße"),
        ("scheissegal", "scheißegal"), ("fussabdruck", "fußabdruck"), ("weisswasser", "weißwasser"),
        ("schliess", "schließ"), ("schmeiss", "schmeiß"), ("fussmassage", "fußmassage"),
        ("grossstadtstrasse", "großstadtstraße"),
        # as they are
        ("biermasse", "biermasse"), ("wahlergebnisse", "wahlergebnisse"), ("aussehen", "aussehen"),
        ("wassersport", "wassersport"), ("hausschlüssel", "hausschlüssel"), ("xstrasse", "xstrasse"),
        ("congress", "congress"), ("tennessee", "tennessee"), ("business", "business"),
        ("kompass", "kompass"),
    ],
)  # fmt: skip
def test_german_compounds_have_the_eszett_of_their_parts(monkeypatch, listed, written):
    monkeypatch.setitem(LISTS, "de", {listed: 1e-6})
    assert list(listed_words("de")) == [(written, 1e-6)]
    assert list(listed_words("de-CH")) == [(listed, 1e-6)]
    assert frequency(written, "de") == 1e-6


@pytest.mark.parametrize("language", ["de-CH", "de-LI"])
def test_swiss_words_have_none(language):
    words = [word for word, _ in listed_words(language)]
    assert "strasse" in words and not any("ß" in word for word in words)


def test_a_greek_sigma_at_the_end_is_a_final_one_but_where_it_stands_alone_or_is_elided():
    assert [word for word, _ in listed_words("el")] == ["οδος", "σ", "σήμερος", "μεσ'"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Straße"), ("de", "STRAẞE"), ("de-CH", "Strasse"), ("el", "ΟΔΟΣ"), ("el", "οδος"),
        ("tr", "IŞIK"), ("tr", "ıșık"), ("ro", "ŞTIRI"), ("sr", "Кућа"), ("sr-Latn", "kuća"), ("hr", "Kuća"),
        ("zh-Hant", "汽車"), ("fi", "että"),
    ],
)  # fmt: skip
def test_words_of_texts_are_listed(language, text):
    word = normalize(text, language)
    assert word in dict(listed_words(language))


@pytest.mark.parametrize(
    ("word", "language"),
    [("straße", "de"), ("maße", "de"), ("strasse", "de-AT"), ("οδος", "el"), ("ışık", "tr"), ("kuća", "bs")],
)
def test_words_as_they_are_written_have_their_frequency(word, language):
    assert frequency(word, language) > 0
    assert frequency(word + "x", language) == 0


def test_an_unknown_language_is_the_users_mistake():
    with pytest.raises(UserError, match="language xx: found no word list"):
        list_of("xx")
