"""Linguistic distance."""

from itertools import product

import pytest

from switchrank.analyses.distance import SOURCE, distance

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "nl", "pt", "ru", "vi", "zh")


def test_it_is_a_metric():
    for first, other, third in product(LANGUAGES, repeat=3):
        assert distance(first, other) == distance(other, first)
        assert (distance(first, other) == 0) == (first == other)
        assert distance(first, third) <= distance(first, other) + distance(other, third)


@pytest.mark.parametrize(("near", "far"), [("de-nl", "de-it"), ("de-it", "de-ru"), ("de-ru", "ar-ru")])
def test_neighbours_are_nearer(near, far):
    assert distance(*near.split("-")) < distance(*far.split("-"))


def test_japanese_and_chinese_are_written_unlike_all_others():
    assert {distance(tag, other) for tag in ("ja", "zh") for other in LANGUAGES if tag != other} == {3.5}


def test_script_and_region_are_no_other_language():
    assert distance("zh-Hans", "zh") == distance("pt-BR", "pt") == 0
    assert distance("zh-Hans", "zh-Hant") == 0.5


def test_a_language_that_is_not_classified_has_no_distance():
    assert distance("de", "eu") is None and distance("eu", "eu") is None


def test_the_source_is_named():
    assert "WALS" in SOURCE and "ISO 15924" in SOURCE
