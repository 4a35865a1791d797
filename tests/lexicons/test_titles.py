"""Parallel titles from the tagging schema."""

import pytest
from tagging_schema import write_names

from switchrank.errors import UserError
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.titles import Titles

ENGLISH = [
    "Bus Stop", "Café", "Bus stop", "Fire Station (Old)", "A very long name", "Tea/Coffee", "Bus Stop", "Mop",
]  # fmt: skip
GERMAN = [
    "Haltestelle", "Café", "Bushaltestelle", "Feuerwache", "Ein langer Name", "Tee", "Haltestelle",
    "Mopp (Ding)",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A schema with the names above and many more, but few in Hindi."""
    names = {
        code: [
            *listed,
            *(f"{code} thing {chr(97 + place % 26)}{chr(97 + place // 26)}" for place in range(more)),
        ]
        for code, listed, more in (("en", ENGLISH, 600), ("de", GERMAN, 600), ("hi", GERMAN, 10))
    }
    return write_names(tmp_path, **names)


def titles(folder, source, target):
    inputs = Inputs(source=source, target=target, source_language="en", corpus=None, names=folder)
    return Titles(Titles.Settings()).make(inputs)


def test_titles_of_up_to_three_words_with_the_share_of_each_translation(folder):
    lexicon = titles(folder, "en", "de")
    listed = lexicon[~lexicon["source"].str.startswith("en thing")]
    assert listed.to_dict("list") == {
        "source": ["bus stop", "bus stop", "café"],
        "target": ["haltestelle", "bushaltestelle", "café"],
        "share": [2 / 3, 1 / 3, 1.0],
    }


def test_into_english_they_are_sought_by_the_other_language(folder):
    lexicon = titles(folder, "de", "en").set_index("source")["target"]
    assert lexicon["haltestelle"] == "bus stop"
    assert not {"feuerwache", "tee"} & set(lexicon.index)  # their English has brackets or slashes
    assert lexicon["ein langer name"] == "a very long name"


def test_a_language_with_too_few_is_told(folder):
    with pytest.raises(UserError, match=r"found \d+ titles in en with hi, expected 500 or more"):
        titles(folder, "en", "hi")
    assert Titles.lacking("en", "hi") == Titles.lacking("hi", "de") == "there are next to no titles in hi"
    assert Titles.lacking("en", "de") is None


def test_titles_are_clean_without_numbers_and_in_their_own_script(tmp_path):
    english = [
        "Thea\u00adter",
        "House",
        "Bus 24",
        *(f"en {chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(600)),
    ]
    serbian = ["По\u00adзориште", "Кућа", "Бус", *(f"реч {i}" for i in range(600))]
    folder = write_names(tmp_path, en=english, sr=serbian)
    forth = titles(folder, "en", "sr").set_index("source")["target"]
    assert (forth["theater"], forth["house"]) == ("позориште", "кућа") and "bus 24" not in forth
    more = [*serbian[:3], *(f"реч {chr(1072 + i % 26)}{chr(1072 + i // 26)}" for i in range(600))]
    back = titles(write_names(tmp_path, en=english, sr=more), "sr", "en").set_index("source")["target"]
    assert (back["pozorište"], back["kuća"]) == ("theater", "house")
