"""Mixed-language sides: one language for each id, drawn for itself."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.collections.base import drawn_languages
from switchrank.languages import Side

SIX = Side("xx6", ("en", "de", "it", "nl", "ru", "ar"))
FOURTEEN = Side("xx14", ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "nl", "pt", "ru", "vi", "zh"))
IDS = st.lists(st.text(max_size=6), unique=True, min_size=1)
MIXES, KINDS = st.sampled_from([SIX, FOURTEEN]), st.sampled_from(["query", "passage"])
MANY = [f"{number:04X}" for number in range(4200)]


def drawn(ids, side, kind):
    return drawn_languages(dict.fromkeys(side.languages, pd.Index(ids)), side, kind)


@given(IDS, MIXES, KINDS)
def test_each_id_has_one_of_the_languages(ids, mix, kind):
    languages = drawn(ids, mix, kind)
    assert set(languages) <= set(mix.languages) and languages.index.tolist() == ids


@given(IDS, MIXES, KINDS, st.data())
def test_a_draw_does_not_depend_on_the_other_ids(ids, mix, kind, data):
    chosen = data.draw(st.lists(st.sampled_from(ids), unique=True))
    whole = drawn(ids, mix, kind)
    assert drawn(chosen, mix, kind).to_dict() == {i: whole[i] for i in chosen}


def test_draws_stay_what_they_were():
    assert drawn(MANY[:6], SIX, "query").tolist() == ["it", "ar", "it", "it", "it", "en"]


@pytest.mark.parametrize("kind", ["query", "passage"])
@pytest.mark.parametrize("mix", [SIX, FOURTEEN])
def test_languages_are_drawn_about_equally_often(mix, kind):
    counts, expected = Counter(drawn(MANY, mix, kind)), len(MANY) / len(mix.languages)
    assert set(counts) == set(mix.languages)
    assert all(abs(count - expected) < 5 * expected**0.5 for count in counts.values())


@pytest.mark.parametrize("mix", [SIX, FOURTEEN])
def test_the_two_kinds_are_drawn_independently(mix):
    query, passage = (drawn(MANY, mix, kind) for kind in ("query", "passage"))
    expected = len(MANY) / len(mix.languages)
    assert abs((query == passage).sum() - expected) < 5 * expected**0.5


@given(IDS, KINDS)
def test_a_side_of_one_language_passes_through(ids, kind):
    assert drawn(ids, Side("de", ("de",)), kind).to_dict() == dict.fromkeys(ids, "de")


@given(KINDS)
def test_an_id_is_drawn_one_of_the_languages_that_have_it(kind):
    side = Side("xx2", ("de", "it"))
    ids = {"de": pd.Index(["a", "b"]), "it": pd.Index(["b", "c"])}
    languages = drawn_languages(ids, side, kind)
    assert languages.index.tolist() == ["a", "b", "c"]
    assert (languages["a"], languages["c"]) == ("de", "it")
    assert languages["b"] == drawn(["b"], side, kind)["b"]
