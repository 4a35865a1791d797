"""Words left out instead of switched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.text.words import words
from switchrank.training.switching import Switcher

TITLES = {"bus": "Bus", "bus stop": "Haltestelle", "bus stop sign": "Haltestellenschild", "stop": "Halt"}
LEXICONS = {
    language: {source: [(target, 1.0)] for source, target in lexicon.items()}
    for language, lexicon in {"de": TITLES, "it": {"red": "rosso", "heart": "cuore", "i": "io"}}.items()
}
PIECES = ["red", "Heart", "bus stop sign ", "bus", "unknown", "dog’s", "❤️", "-", ", ", " ", "…", "I"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=15).map("".join) | st.text(max_size=40)
RATIOS, SEEDS, RECORDS = st.floats(0, 1), st.integers(0, 2**40), st.text(max_size=8)


def switched(mode, text, ratio=1.0, seed=1, record="a", lexicons=LEXICONS):
    return Switcher("en", {"query": lexicons}, ratio, seed, mode)(text, record, "query")


def places(switches):
    """Of the words that are replaced or left out."""
    return {place for item in switches if item.translation is not None for place in item.places}


@given(TEXTS, RATIOS, SEEDS, RECORDS)
def test_the_words_that_static_switching_leaves_are_kept_and_at_least_one(text, ratio, seed, record):
    _, replaced, _ = switched("static", text, ratio, seed, record)
    left, switches, wanted = switched("dropout", text, ratio, seed, record)
    spelt = words(text, "en")
    kept = [word for place, word in enumerate(spelt) if place not in places(replaced)]
    assert words(left, "en") == (kept or spelt[:1])
    assert places(switches) == (places(replaced) if kept else places(replaced) - {0})
    assert wanted is None and all(item.translation in (None, "") for item in switches)
    assert sum(item.spared for item in switches) == (not kept and bool(spelt))


@given(TEXTS, RATIOS, SEEDS, RECORDS)
def test_a_text_of_which_nothing_is_replaced_stays_as_it_is(text, ratio, seed, record):
    left, switches, _ = switched("dropout", text, ratio, seed, record)
    assert places(switches) or left == text


def test_words_and_languages_are_drawn_as_in_static_switching():
    text = " ".join(["red heart unknown bus"] * 200)
    static, dropped = (
        [(item.position, item.language, item.word, item.length) for item in switched(mode, text, 0.5)[1]]
        for mode in ("static", "dropout")
    )
    assert static == dropped


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("animal, bus stop, sign", "animal, sign"),  # of a list, its comma goes too
        ("sign, animal", "sign, animal"),
        ("bus stop sign, animal.", "animal."),
        ("Bus stop sign", "Bus"),  # of an entry that is the whole text, its first word stays
        ("(bus)", "(bus)"),
        ("…", "…"),
    ],
)
def test_words_are_left_out_with_what_parts_them(text, expected):
    assert switched("dropout", text, lexicons={"de": LEXICONS["de"]})[0] == expected


def test_of_an_entry_of_which_one_word_stays_the_others_are_left_out():
    _, (spared, dropped), _ = switched("dropout", "Bus stop sign", lexicons={"de": LEXICONS["de"]})
    assert (spared.word, spared.translation, spared.spared, spared.length) == ("Bus", None, True, 1)
    assert (dropped.word, dropped.translation, dropped.spared) == ("stop sign", "", False)
    assert (dropped.position, dropped.length) == (1, 2)
