"""Mixed-language sides: one language for each id, drawn for itself."""

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.collections.mixing import side_languages, side_text
from switchrank.errors import UserError
from switchrank.languages import LANGUAGES, MIXED

IDS = st.lists(st.text(max_size=6), unique=True, min_size=1)
MIXES, SIDES = st.sampled_from(sorted(MIXED)), st.sampled_from(["query", "passage"])
MANY = pd.Index([f"{number:04X}" for number in range(4200)])


def texts(languages, ids):
    return {own: pd.Series([f"{own} {i}" for i in ids], index=ids) for own in languages}


@given(IDS, MIXES, SIDES)
def test_each_id_has_its_text_in_the_language_that_was_drawn(ids, mix, side):
    drawn = side_languages(pd.Index(ids), mix, side)
    assert set(drawn) <= set(MIXED[mix]) and drawn.index.tolist() == ids
    assert side_text(texts(MIXED[mix], ids), mix, side).to_dict() == {i: f"{drawn[i]} {i}" for i in ids}


@given(IDS, MIXES, SIDES, st.data())
def test_a_draw_does_not_depend_on_the_other_ids(ids, mix, side, data):
    chosen = data.draw(st.lists(st.sampled_from(ids), unique=True))
    whole = side_languages(pd.Index(ids), mix, side)
    assert side_languages(pd.Index(chosen), mix, side).to_dict() == {i: whole[i] for i in chosen}


def test_draws_stay_what_they_were():
    assert side_languages(MANY[:6], "xx6", "query").tolist() == ["it", "ar", "it", "it", "it", "en"]


@pytest.mark.parametrize("side", ["query", "passage"])
@pytest.mark.parametrize("mix", sorted(MIXED))
def test_languages_are_drawn_about_equally_often(mix, side):
    counts, expected = Counter(side_languages(MANY, mix, side)), len(MANY) / len(MIXED[mix])
    assert set(counts) == set(MIXED[mix])
    assert all(abs(count - expected) < 5 * expected**0.5 for count in counts.values())


@pytest.mark.parametrize("mix", sorted(MIXED))
def test_the_two_sides_are_drawn_independently(mix):
    query, passage = (side_languages(MANY, mix, side) for side in ("query", "passage"))
    expected = len(MANY) / len(MIXED[mix])
    assert abs((query == passage).sum() - expected) < 5 * expected**0.5


@given(IDS, st.sampled_from(sorted(LANGUAGES)), SIDES)
def test_a_side_of_one_language_passes_through(ids, language, side):
    own = texts(LANGUAGES, ids)
    assert side_text(own, language, side).equals(own[language])
    assert set(side_languages(pd.Index(ids), language, side)) == {language}


def test_the_order_of_the_languages_given_does_not_matter():
    one, other = texts(MIXED["xx14"], MANY[:50]), texts(reversed(MIXED["xx14"]), MANY[:50])
    assert side_text(one, "xx14", "query").equals(side_text(other, "xx14", "query"))


def test_a_missing_language_is_named():
    own = texts(["en", "de", "it", "ru", "ar"], MANY)
    with pytest.raises(UserError, match=r"passage side 'xx6': no texts in nl, found en, de, it, ru, ar"):
        side_text(own, "xx6", "passage")
    with pytest.raises(UserError, match=r"query side 'fr': no texts in fr"):
        side_text(own, "fr", "query")
