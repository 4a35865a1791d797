"""Verdicts from per-query differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.weightstats import DescrStatsW

from switchrank.claims.verdicts import (
    CONTRADICTED,
    NOT_TESTABLE,
    SUPPORTED,
    UNDECIDED,
    above,
    combined,
    each_above,
    ratio_above,
    within,
)


def differences(mean, spread=10.0, queries=400, seed=1):
    """Per-query differences with exactly this mean."""
    drawn = np.random.default_rng(seed).normal(0, spread, queries)
    return drawn - drawn.mean() + mean


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
    difference = np.random.default_rng(6).normal(0.1, 1, 300)
    expected = DescrStatsW(difference).ttost_mean(-0.4, 0.4)[0]
    assert within(difference, -0.4, 0.4).figures["p"] == pytest.approx(expected)


def test_no_difference_found_is_not_equivalence_found():
    """Few queries: nothing is significant, and nothing is shown to be equal."""
    few = differences(0.5, queries=8)
    assert above(few, 0, 1.0).verdict == within(few, -1, 1).verdict == UNDECIDED
    assert within(few, -1, 1).figures["power"] < 0.1


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
    result = each_above(np.mean(list(pairs.values()), axis=0), pairs, 0, 1.0, len(pairs))
    assert result.verdict == verdict
    missing = each_above(np.mean(list(pairs.values()), axis=0), pairs, 0, 1.0, len(pairs) + 1)
    assert missing.verdict == (UNDECIDED if verdict == SUPPORTED else verdict)
    assert f"on {sum(mean > 0 for mean in means)} of 3 pairs" in result.text


@pytest.mark.parametrize(
    ("factor", "threshold", "verdict"),
    [(2, 1.5, SUPPORTED), (1.02, 1.5, CONTRADICTED), (1.5, 1.5, UNDECIDED)],
)
def test_ratios(factor, threshold, verdict):
    theirs = np.abs(differences(20, 15))
    ours = np.random.default_rng(3).permutation(theirs) * factor
    result = ratio_above(ours, theirs, threshold, 2, ceiling=1000)
    assert result.verdict == verdict
    assert ratio_above(ours, theirs, threshold, 2, ceiling=1.01 * theirs.mean()).verdict == NOT_TESTABLE
    assert result.figures["estimate"] == pytest.approx(factor)


def test_a_system_against_itself_is_no_difference_for_certain():
    none = np.zeros(20)
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
    ],
)
def test_a_claim_from_its_tests(verdicts, expected):
    assert combined(verdicts) == expected


@settings(deadline=None, max_examples=25)
@given(st.floats(-3, 3), st.floats(0.001, 0.05))
def test_to_contradict_takes_no_less_evidence_the_more_is_asked_for(mean, against):
    for test in (
        lambda level: above(differences(mean), 0, 1.0, against=level),
        lambda level: within(differences(mean), -1, 1, against=level),
    ):
        first, other = test(0.05).verdict, test(against).verdict
        assert other == first or (first, other) == (CONTRADICTED, UNDECIDED)


RANKS = st.sampled_from([0.0, 10.0, 20.0, 50.0, 100.0])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(RANKS, RANKS), min_size=2, max_size=6))
def test_however_few_queries_and_however_many_zeros_every_test_has_a_verdict(values):
    ours, theirs = np.array(values).T
    difference = ours - theirs
    for result in (
        above(difference, 0, 1.0),
        within(difference, -1, 1),
        each_above(difference, {"en-de": difference}, 0, 1.0, 1),
        ratio_above(ours, theirs, 1.8, 2, ceiling=100),
    ):
        assert result.verdict in (SUPPORTED, CONTRADICTED, UNDECIDED, NOT_TESTABLE)
        assert "nan" not in result.text and np.isfinite(list(result.figures.values())).all()


@pytest.mark.parametrize("queries", [2, 7, 49, 300])
@pytest.mark.parametrize("gain", [0.1, 100 / 3, 7.7])
def test_a_gain_that_is_the_same_on_every_query_is_certain(queries, gain):
    difference = np.full(queries, gain)
    sure = above(difference, 0, 1.0)
    assert (sure.verdict, sure.figures["p"], sure.figures["power"]) == (SUPPORTED, 0.0, 1.0)
    assert sure.figures["detectable"] == 0.0
    assert within(difference, gain - 1, gain + 1).figures["power"] == 1.0
    assert each_above(difference, {"en-de": difference}, 0, 1.0, 1).verdict == SUPPORTED
    assert above(difference, gain, gain + 1).verdict == UNDECIDED
