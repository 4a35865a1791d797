"""Languages, mixed sides and pairs."""

import pytest

from switchrank.errors import UserError
from switchrank.languages import (
    Pair,
    Side,
    is_language,
    is_right_to_left,
    language_name,
    parse_pair,
    script_of,
    side_name,
    sides,
)

SIDES = sides(["en", "ar", "it", "zh-Hans", "zh"], {"xx3": ["ar", "en", "it"]})


@pytest.mark.parametrize(
    ("name", "parts", "setting"),
    [
        ("en-en", ("en", "en"), "moir"),
        ("zh-Hans-zh-Hans", ("zh-Hans", "zh-Hans"), "moir"),
        ("ar-it", ("ar", "it"), "clir"),
        ("en-zh-Hans", ("en", "zh-Hans"), "clir"),
        ("zh-zh-Hans", ("zh", "zh-Hans"), "clir"),
        ("en-xx3", ("en", "xx3"), "mlir"),
        ("xx3-zh-Hans", ("xx3", "zh-Hans"), "mlir"),
        ("xx3-xx3", ("xx3", "xx3"), "mlir"),
    ],
)
def test_a_pair_is_parsed_and_has_a_setting(name, parts, setting):
    pair = parse_pair(name, SIDES)
    assert (pair.query.name, pair.document.name) == parts
    assert str(pair) == name
    assert pair.setting == setting


@pytest.mark.parametrize("pair", ["", "en", "en-", "en-ar-it", "en-vt", "EN-ar", "en_ar", "xx7-en"])
def test_an_unknown_pair_is_named(pair):
    with pytest.raises(UserError, match=repr(pair)) as error:
        parse_pair(pair, SIDES)
    assert "expected" in str(error.value)
    assert "\n" not in str(error.value)


def test_the_languages_of_a_pair_come_once():
    assert parse_pair("en-xx3", SIDES).languages == ("en", "ar", "it")
    assert Pair(Side("en", ("en",)), Side("en", ("en",))).languages == ("en",)


def test_sides_have_names_for_people():
    assert side_name(SIDES["ar"]) == language_name("ar") == "Arabic"
    assert side_name(SIDES["xx3"]) == "3 languages mixed"


def test_languages_are_those_of_bcp_47():
    assert all(map(is_language, ["en", "zh-Hans", "pt-BR", "sr-Latn"]))
    assert not any(map(is_language, ["", "xx6", "english", "e", "de_DE!"]))
    assert (script_of("zh"), script_of("zh-Hant"), script_of("ru")) == ("Hans", "Hant", "Cyrl")
    assert [is_right_to_left(tag) for tag in ("ar", "he", "en", "hi")] == [True, True, False, False]
