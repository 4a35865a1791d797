"""Ratios of counts, and the counts of several draws as one."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.training.counts import pooled, with_ratios
from switchrank.training.switching import Switch
from switchrank.training.tally import Tally

LANGUAGES = {"query": ["de", "it"], "passage": ["de"]}
ADDED = st.lists(
    st.tuples(
        st.sampled_from(["query", "passage"]),
        st.sampled_from(["red heart", "red", "bus stop sign"]),
        st.lists(st.sampled_from([Switch(0, "de", "red", "rot"), Switch(0, "de", "red", None)]), max_size=2),
        st.none() | st.integers(0, 3),
    ),
    max_size=5,
)


def tallied(*additions):
    tally = Tally("en", 0.5, LANGUAGES)
    for addition in additions:
        tally.add(*addition)
    return tally.stats()


@given(st.lists(ADDED, min_size=1, max_size=4))
def test_figures_of_several_seeds_are_those_of_one_tally_of_all(draws):
    together = pooled({seed: tallied(*additions) for seed, additions in enumerate(draws)})
    assert together == tallied(*chain(*draws)) | {"seeds": len(draws)}


def test_of_what_is_no_count_of_words_the_mean_is_given_and_settings_stay():
    one, other = (
        {"mode": "static", "stop_words": True, "instances": 80, "different_query_texts": number}
        for number in (10, 13)
    )
    assert pooled({1: one, 7: other}) == one | {"different_query_texts": 11.5, "seeds": 2}
    assert pooled({1: one}) == one | {"seeds": 1}


def test_ratios_are_of_words_or_where_there_are_none_of_texts():
    counts = {"texts": 4, "switched": 2, "languages": {"de": {"switched": 1}}}
    ratios = [with_ratios(counts | words) for words in ({}, {"words": 10}, {"words": 0})]
    assert [side["realised_ratio"] for side in ratios] == pytest.approx([0.5, 0.2, 2])
    assert [side["languages"]["de"]["share"] for side in ratios] == pytest.approx([0.25, 0.1, 1])
