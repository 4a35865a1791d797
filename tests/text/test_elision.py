"""Elided words."""

import pytest

from switchrank.text.elision import elided_words, is_elided


@pytest.mark.parametrize(
    ("word", "language"),
    [
        ("l'", "fr"),
        ("qu'", "fr-CA"),
        ("jusqu'", "fr"),
        ("dell", "it"),
        ("un'", "it"),
        ("s'", "ca"),
        ("d'", "pt"),
    ],
)
def test_elided_words_of_a_language(word, language):
    assert is_elided(word, language)


@pytest.mark.parametrize(
    ("word", "language"),
    [("un", "it"), ("l'", "en"), ("aujourd'hui", "fr"), ("don't", "fr"), ("quelqu'", "fr")],
)
def test_others_are_none(word, language):
    assert not is_elided(word, language)


def test_most_languages_have_none():
    assert not elided_words("de") and not elided_words("uk")
