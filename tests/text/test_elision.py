"""Elided words."""

import pytest

from switchrank.text.elision import elided_words, is_elided, lacks_apostrophe


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("l'", "fr"),
        ("qu'", "fr-CA"),
        ("jusqu'", "fr"),
        ("un'", "it"),
        ("ç'", "fr"),
        ("presqu'", "fr"),
        ("ch'", "it"),
        ("απ'", "el"),
        ("s'", "ca"),
        ("d'", "pt"),
    ],
)
def test_elided_words_of_a_language(word, language):
    assert is_elided(word, language)


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("un", "it"),
        ("dell", "it"),
        ("l'", "en"),
        ("boys'", "en"),
        ("parcequ'", "fr"),
        ("aujourd'hui", "fr"),
        ("don't", "fr"),
        ("quelqu'", "fr"),
    ],
)
def test_others_are_none(word, language):
    assert not is_elided(word, language)


def test_most_languages_have_none():
    assert not elided_words("de") and not elided_words("uk")


@pytest.mark.parametrize(
    ("word", "language", "lacks"),
    [("dell", "it", True), ("qu", "fr", True), ("un", "it", False), ("απ", "el", False), ("l'", "fr", False)],
)
def test_word_lists_leave_the_apostrophe_out_of_what_is_no_word_without_it(word, language, lacks):
    assert lacks_apostrophe(word, language) == lacks
