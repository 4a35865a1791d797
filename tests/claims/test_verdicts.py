"""Verdicts from per-query differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from switchrank.claims.verdicts import (
    CONTRADICTED,
    EXCLUDED,
    NOT_TESTABLE,
    SUPPORTED,
    UNDECIDED,
    VERDICTS,
    Size,
    above,
    combined,
    each_above,
    of_part,
    share_above,
    within,
)


def differences(mean, spread=10.0, queries=400, seed=1, seeds=1, of_seeds=0.0):
    """Per-query differences with exactly this mean, of seeds that are so many points apart."""
    drawn = np.random.default_rng(seed).normal(0, spread, (queries, seeds))
    apart = of_seeds * (np.arange(seeds) - (seeds - 1) / 2)
    return drawn - drawn.mean(axis=0) + apart + mean


GAP = Size(0.25, differences(12, seed=9))  # a published size of 3 points


@pytest.mark.parametrize(
    ("mean", "threshold", "verdict"),
    [
        (3, 0, SUPPORTED),
        (-3, 0, CONTRADICTED),
        (0.2, 0, UNDECIDED),
        (3, 3.2, UNDECIDED),
        (3, 5, CONTRADICTED),
    ],
)
def test_above(mean, threshold, verdict):
    result = above(differences(mean), threshold, 1.0)
    assert result.verdict == verdict
    assert result.figures["estimate"] == pytest.approx(mean)
    assert result.figures["low"] < mean < result.figures["high"]


@settings(deadline=None, max_examples=25)
@given(st.floats(-5, 5), st.floats(-5, 5))
def test_turning_the_systems_round_turns_the_verdict_round(mean, threshold):
    turned = {SUPPORTED: CONTRADICTED, CONTRADICTED: SUPPORTED, UNDECIDED: UNDECIDED}
    first, other = above(differences(mean), threshold, 1.0), above(-differences(mean), -threshold, 1.0)
    assert other.verdict == turned[first.verdict]
    assert other.figures["p"] == pytest.approx(first.figures["p"])


@pytest.mark.parametrize(
    ("mean", "verdict"),
    [(0.0, SUPPORTED), (1.8, UNDECIDED), (2.2, UNDECIDED), (4, CONTRADICTED), (-4, CONTRADICTED)],
)
def test_within(mean, verdict):
    assert within(differences(mean), -2, 2).verdict == verdict


def test_within_is_the_equivalence_test_of_statsmodels():
    difference = np.random.default_rng(6).normal(0.1, 1, (300, 1))
    expected = DescrStatsW(difference[:, 0]).ttost_mean(-0.4, 0.4)[0]
    assert within(difference, -0.4, 0.4).figures["p"] == pytest.approx(expected)


def test_too_few_queries_show_neither_a_difference_nor_equality():
    few = differences(0.5, queries=8)
    assert above(few, 0, 1.0, size=GAP_OF_FEW).verdict == UNDECIDED
    close = within(few, -1, 1)
    assert close.verdict == NOT_TESTABLE
    assert "it would take more queries or seeds, or a margin of" in close.text
    assert close.figures["power"] < 0.1


GAP_OF_FEW = Size(0.25, differences(12, queries=8, seed=9))


@pytest.mark.parametrize("queries", [20, 100, 400, 1600])
@pytest.mark.parametrize("margin", [0.5, 1, 2, 4])
def test_equivalence_is_tested_only_where_it_could_be_shown(queries, margin):
    """What was not shown is undecided if it had a chance of four in five, whatever was found."""
    undecided = within(differences(margin - 0.01, queries=queries), -margin, margin)
    could = undecided.figures["power"] >= 0.8
    assert undecided.verdict == (UNDECIDED if could else NOT_TESTABLE)
    shown = within(differences(0.0, queries=queries), -margin, margin)
    assert shown.verdict in (SUPPORTED, NOT_TESTABLE)
    assert (shown.verdict == SUPPORTED) == (shown.figures["p"] < 0.05)
    assert within(differences(50.0, queries=queries), -margin, margin).verdict == CONTRADICTED


@pytest.mark.parametrize(
    ("mean", "verdict", "said"),
    [
        (3.0, SUPPORTED, "against 0"),  # an effect
        (1.2, SUPPORTED, "below 3.0, the published size in proportion"),  # a smaller one is one all the same
        (0.3, EXCLUDED, "below 3.0, the published size in proportion (p = "),  # none to speak of
        (-0.8, EXCLUDED, "the published size"),
        (-3.0, CONTRADICTED, "−3.0"),  # the reverse
    ],
)
def test_what_is_smaller_than_published_in_proportion_is_excluded(mean, verdict, said):
    result = above(differences(mean), 0, 1.0, size=GAP)
    assert (result.verdict, said in result.text) == (verdict, True), result.text
    assert result.figures["published"] == pytest.approx(3)
    assert f"if the truth is {3:g}" in result.text  # what the power is given for


def test_what_is_excluded_hangs_on_the_gap_of_the_collection():
    nothing = differences(0.6)
    assert above(nothing, 0, 1.0, size=GAP).verdict == EXCLUDED
    smaller = Size(0.25, differences(4, seed=9))  # a published size of one point cannot be ruled out
    assert above(nothing, 0, 1.0, size=smaller).verdict == UNDECIDED
    no_gap = above(nothing, 0, 1.0, size=Size(0.25, differences(0.1, seed=9)))
    assert no_gap.verdict == UNDECIDED and "published" not in no_gap.figures


def test_what_is_equivalent_to_none_is_excluded_where_something_was_published():
    size = Size(0.1, differences(12, spread=30, seed=9))  # 1.2 points, of a gap that is not well known
    nothing = differences(0.02, spread=5)
    assert above(nothing, 0, 1.0, size=size, against=0.001).verdict == EXCLUDED
    assert "equivalent to none, less than 1 either way" in above(nothing, 0, 1.0, size=size).text
    assert above(nothing, 0, 1.0, against=0.001).verdict == UNDECIDED


def test_what_may_be_as_large_as_published_is_not_none():
    """A published size of .6 points is none of those that are less than a point."""
    size = Size(0.05, differences(12, spread=0.1, seed=9))
    small = differences(0.3, spread=4)
    result = above(small, 0, 1.0, size=size, against=0.05 / 6)
    assert result.verdict == UNDECIDED and "equivalent" not in result.text


def test_seeds_that_disagree_make_an_effect_uncertain():
    """The same mean over as many queries: with seeds five points apart it may be the seeds'."""
    agreed = differences(2, seeds=3)
    apart = differences(2, seeds=3, of_seeds=5)
    assert above(agreed, 0, 1.0).verdict == SUPPORTED
    assert above(apart, 0, 1.0).verdict == UNDECIDED
    assert above(agreed, 0, 1.0).figures["power"] > 2 * above(apart, 0, 1.0).figures["power"]
    assert within(agreed, 0, 4).verdict == SUPPORTED
    assert within(apart, 0, 4).verdict == NOT_TESTABLE
    size = Size(0.25, differences(12, seed=9, seeds=3))
    assert above(differences(0, seeds=3), 0, 1.0, size=size).verdict == EXCLUDED
    assert above(differences(0, seeds=3, of_seeds=5), 0, 1.0, size=size).verdict == UNDECIDED


def test_bounds_need_not_lie_round_zero():
    assert within(differences(1.5), 0, 3).verdict == SUPPORTED
    assert within(differences(-1.5), 0, 3).verdict == CONTRADICTED


def test_power_is_told_for_the_effect():
    difference = differences(0.2)
    large, small = above(difference, 0, 5.1), above(difference, 0, 0.5)
    assert large.figures["power"] > 0.99 and "power > .99 if the truth is 5.1" in large.text
    assert small.figures["power"] < 0.3
    # It is the true value, not its distance from the threshold.
    beyond = above(difference, 2, 2.5)
    assert beyond.figures["power"] == small.figures["power"]
    assert beyond.figures["detectable"] == pytest.approx(2 + small.figures["detectable"])


@pytest.mark.parametrize(
    ("means", "verdict"),
    [
        ([3, 4, 5], SUPPORTED),
        ([3, 4, -0.1], UNDECIDED),  # on average, but not on every pair
        ([3, 8, -3], CONTRADICTED),  # surely not on one
        ([-3, -4, 0.1], CONTRADICTED),
        ([0.1, 0.2, 0.1], UNDECIDED),
    ],
)
def test_on_average_and_on_every_pair(means, verdict):
    pairs = {f"pair{place}": differences(mean, seed=place) for place, mean in enumerate(means)}
    result = each_above(np.mean(list(pairs.values()), axis=0), pairs, 0, 1.0)
    assert result.verdict == verdict
    assert f"on {sum(mean > 0 for mean in means)} of 3 pairs" in result.text


def test_some_pairs_do_not_speak_for_their_group():
    for mean in (3, -3, 0):
        some = of_part(above(differences(mean), 0, 1.0, size=GAP), "on en-de alone")
        assert some.verdict == UNDECIDED and some.text.endswith("; on en-de alone")
    assert of_part(within(differences(0), -2, 2), "").verdict == UNDECIDED
    lacking = within(differences(0, queries=5), -2, 2)
    assert of_part(lacking, "").verdict == NOT_TESTABLE


def test_one_pair_below_contradicts_that_all_are_above_whatever_is_missing():
    pairs = {"en-de": differences(8), "ar-it": differences(-3, seed=2)}
    result = each_above(np.mean(list(pairs.values()), axis=0), pairs, 0, 1.0)
    assert of_part(result, "").verdict == CONTRADICTED
    every = each_above(differences(-3), {"en-de": differences(-3)}, 0, 1.0)
    assert of_part(every, "").verdict == CONTRADICTED


@pytest.mark.parametrize(
    ("gain", "verdict"), [(6, SUPPORTED), (2.9, UNDECIDED), (0.1, CONTRADICTED), (-5, CONTRADICTED)]
)
def test_shares_of_a_gap(gain, verdict):
    gap = differences(12, seed=9)
    result = share_above(differences(gain), gap, 0.25, 0.5)
    assert result.verdict == verdict
    assert result.figures["estimate"] == pytest.approx(gain / 12)
    assert result.figures["low"] < gain / 12 < result.figures["high"]
    assert (result.figures["p"] < 0.05) == (not result.figures["low"] < 0.25 < result.figures["high"])
    assert f"a share of {f'{gain / 12:.2f}'.replace('-', '−')} (" in result.text


def test_the_interval_of_a_share_is_fiellers():
    gain, gap = differences(4, seeds=1), differences(12, seed=9)
    result = share_above(gain, gap, 0.25, 0.5)
    size, critical = len(gain), stats.t.ppf(0.975, len(gain) - 1) ** 2
    covariance = np.cov(gain[:, 0], gap[:, 0]) / size
    a = 12**2 - critical * covariance[1, 1]
    b = -2 * (4 * 12 - critical * covariance[0, 1])
    c = 4**2 - critical * covariance[0, 0]
    assert sorted(np.roots([a, b, c])) == pytest.approx([result.figures["low"], result.figures["high"]])


@pytest.mark.parametrize("gap", [0.1, 0.0, -12.0])
def test_without_a_gap_there_is_no_share_of_it(gap):
    result = share_above(differences(3), differences(gap, seed=9), 0.25, 0.5)
    assert result.verdict == NOT_TESTABLE and "it would take a gap" in result.text


def test_a_system_against_itself_is_no_difference_for_certain():
    none = np.zeros((20, 2))
    assert above(none, 0, 1.0).verdict == UNDECIDED
    assert above(none, -1, 1.0).verdict == within(none, -1, 1).verdict == SUPPORTED


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([SUPPORTED, SUPPORTED], SUPPORTED),
        ([SUPPORTED, CONTRADICTED, NOT_TESTABLE], CONTRADICTED),
        ([SUPPORTED, UNDECIDED], UNDECIDED),
        ([SUPPORTED, NOT_TESTABLE], UNDECIDED),
        ([NOT_TESTABLE, NOT_TESTABLE], NOT_TESTABLE),
        ([SUPPORTED, EXCLUDED, UNDECIDED], EXCLUDED),
        ([EXCLUDED, CONTRADICTED], CONTRADICTED),
    ],
)
def test_a_claim_from_its_tests(verdicts, expected):
    assert combined(verdicts) == expected


@settings(deadline=None, max_examples=25)
@given(st.floats(-3, 3), st.floats(0.001, 0.05))
def test_to_contradict_or_exclude_takes_no_less_evidence_the_more_is_asked_for(mean, against):
    for test in (
        lambda level: above(differences(mean), 0, 1.0, against=level, size=GAP, none=1.0),
        lambda level: within(differences(mean), -1, 1, against=level),
        lambda level: share_above(differences(mean), GAP.gap, 0.2, 0.3, against=level),
    ):
        first, other = test(0.05).verdict, test(against).verdict
        weaker = {(CONTRADICTED, UNDECIDED), (CONTRADICTED, NOT_TESTABLE), (EXCLUDED, UNDECIDED)}
        assert other == first or (first, other) in {*weaker, (CONTRADICTED, EXCLUDED)}


RANKS = st.sampled_from([0.0, 10.0, 20.0, 50.0, 100.0])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(RANKS, RANKS), min_size=2, max_size=6), st.integers(1, 3))
def test_however_few_queries_and_however_many_zeros_every_test_has_a_verdict(values, seeds):
    ours, theirs = np.array(values).T
    difference = np.stack([np.roll(ours, seed) - theirs for seed in range(seeds)], axis=1)
    gap = np.broadcast_to(theirs[:, None], difference.shape)
    for result in (
        above(difference, 0, 1.0, size=Size(0.2, gap), none=1.0),
        within(difference, -1, 1),
        each_above(difference, {"en-de": difference}, 0, 1.0),
        share_above(difference, gap, 0.2, 0.3),
    ):
        assert result.verdict in VERDICTS
        assert "nan" not in result.text and np.isfinite(list(result.figures.values())).all()


@pytest.mark.parametrize("queries", [2, 7, 49, 300])
@pytest.mark.parametrize("gain", [0.1, 100 / 3, 7.7])
@pytest.mark.parametrize("seeds", [1, 3])
def test_a_gain_that_is_the_same_on_every_query_is_certain(queries, gain, seeds):
    difference = np.full((queries, seeds), gain)
    sure = above(difference, 0, 1.0)
    assert (sure.verdict, sure.figures["p"], sure.figures["power"]) == (SUPPORTED, 0.0, 1.0)
    assert sure.figures["detectable"] == 0.0
    assert within(difference, gain - 1, gain + 1).figures["power"] == 1.0
    assert each_above(difference, {"en-de": difference}, 0, 1.0).verdict == SUPPORTED
    assert share_above(difference, difference, 0.9, 1).verdict == SUPPORTED
    assert above(difference, gain, gain + 1).verdict == UNDECIDED
