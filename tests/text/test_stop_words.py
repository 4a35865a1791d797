"""Stop words."""

import pytest

from switchrank.text.stop_words import stop_words


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_english_has_those_of_lucene(language):
    assert len(stop_words(language)) == 33 and {"the", "of"} <= stop_words(language)


def test_other_languages_have_none():
    assert stop_words("de") == frozenset()
