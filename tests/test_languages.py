"""Languages, mixed sides and pairs."""

import pytest

from switchrank.errors import UserError
from switchrank.languages import LANGUAGES, MIXED, SEEN, name_of, parse_pair, setting_of


def test_fourteen_languages_and_two_mixed_sides():
    assert len(LANGUAGES) == 14
    assert set(SEEN) < set(LANGUAGES)
    assert {side: len(members) for side, members in MIXED.items()} == {"xx6": 6, "xx14": 14}


@pytest.mark.parametrize(
    ("pair", "setting"),
    [
        ("en-en", "moir"),
        ("zh-zh", "moir"),
        ("ar-it", "clir"),
        ("id-nl", "clir"),
        ("en-xx6", "mlir"),
        ("xx14-en", "mlir"),
        ("xx6-xx6", "mlir"),
    ],
)
def test_a_pair_is_parsed_and_has_a_setting(pair, setting):
    assert "-".join(parse_pair(pair)) == pair
    assert setting_of(pair) == setting


@pytest.mark.parametrize("pair", ["", "en", "en-", "en-de-it", "en-vt", "EN-de", "en_de", "xx7-en"])
def test_an_unknown_pair_is_named(pair):
    with pytest.raises(UserError, match=repr(pair)) as error:
        setting_of(pair)
    assert "expected" in str(error.value)
    assert "\n" not in str(error.value)


def test_sides_have_names_for_people():
    assert name_of("ar") == "Arabic"
    assert name_of("xx14") == "14 languages mixed"
