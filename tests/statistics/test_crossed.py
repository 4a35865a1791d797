"""The mean over queries and seeds: against other tools, on data whose variances are known, and its limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats
from statsmodels.stats.power import TTestPower

from switchrank.errors import UserError
from switchrank.statistics.crossed import crossed

VALUES = arrays(float, st.tuples(st.integers(2, 9), st.integers(1, 4)), elements=st.integers(-3, 3))


def drawn(seed: int, queries: int, seeds: int, of_seeds: float) -> np.ndarray:
    """Values with a mean of 0: the deviation of queries and of the rest is 1."""
    generator = np.random.default_rng(seed)
    by_query, by_seed = generator.normal(0, 1, queries), generator.normal(0, of_seeds, seeds)
    return by_query[:, None] + by_seed + generator.normal(0, 1, (queries, seeds))


@pytest.mark.parametrize("alternative", ["two-sided", "greater", "less"])
def test_with_one_seed_it_is_the_t_test_over_queries(alternative):
    values = drawn(1, 40, 1, 0)
    result = stats.ttest_1samp(values[:, 0], 0.2, alternative=alternative)
    assert crossed(values).p(0.2, alternative) == pytest.approx(result.pvalue, rel=1e-12)
    interval = stats.ttest_1samp(values[:, 0], 0).confidence_interval()
    assert crossed(values).interval() == pytest.approx([interval.low, interval.high])
    assert crossed(values).error_of_seeds is None


def test_the_variances_are_those_of_a_mixed_model():
    """statsmodels' crossed random effects, fitted by restricted maximum likelihood, agree on such data."""
    import pandas as pd
    from statsmodels.regression.mixed_linear_model import MixedLM

    values = drawn(3, 30, 4, 0.8)
    rows = [(q, s, value) for (q, s), value in np.ndenumerate(values)]
    frame = pd.DataFrame(rows, columns=["query", "seed", "value"]).assign(all=1)
    parts = {"query": "0 + C(query)", "seed": "0 + C(seed)"}
    model = MixedLM.from_formula("value ~ 1", groups="all", vc_formula=parts, re_formula="0", data=frame)
    assert crossed(values).error == pytest.approx(model.fit().bse["Intercept"], rel=1e-3)


@pytest.mark.parametrize("of_seeds", [0.0, 0.2, 1.0])
def test_intervals_hold_the_true_mean_as_often_as_they_say(of_seeds):
    """Over queries alone they would do so in two cases of three, where seeds differ as much as queries."""
    values = np.stack([drawn(seed, 60, 3, of_seeds) for seed in range(1500)])
    low, high = crossed(values).interval().T
    assert 0.92 < np.mean((low < 0) & (high > 0)) < 0.98


def test_seeds_that_disagree_widen_the_interval_and_take_degrees_of_freedom():
    agreed = drawn(5, 200, 3, 0)
    disagreeing = crossed(agreed + np.array([-1, 0, 1]))
    assert np.ptp(disagreeing.interval()) > 5 * np.ptp(crossed(agreed).interval())
    assert disagreeing.freedom < 3 < crossed(agreed).freedom
    assert disagreeing.mean == pytest.approx(crossed(agreed).mean)
    assert disagreeing.error_of_queries == pytest.approx(crossed(agreed).error_of_queries)


def test_seeds_that_only_differ_by_chance_add_nothing():
    values = np.array([[1, 0], [0, 1], [1, 0], [0, 1], [2, 3], [3, 2]], dtype=float)
    estimate = crossed(values)
    assert estimate.error_of_seeds == 0
    assert estimate.error == pytest.approx(stats.sem(values.mean(axis=1)))
    assert 4 < estimate.freedom < 5  # at most as many as over queries alone


@given(VALUES)
@settings(deadline=None)
def test_p_is_below_05_where_the_interval_leaves_out_the_null(values):
    estimate = crossed(values)
    low, high = estimate.interval()
    if estimate.error > 0 and min(abs(low), abs(high)) > 1e-9:
        assert (estimate.p() < 0.05) == (low > 0 or high < 0)
    two_sided = 2 * min(estimate.p(0, "greater"), estimate.p(0, "less"))
    assert estimate.p() == pytest.approx(min(1, two_sided))


@given(VALUES, st.randoms())
@settings(deadline=None)
def test_neither_order_matters(values, random):
    queries, seeds = (random.sample(range(n), n) for n in values.shape)
    ours, theirs = crossed(values), crossed(values[queries][:, seeds])
    assert ours.interval() == pytest.approx(theirs.interval(), abs=1e-9)
    assert ours.p(0.5) == pytest.approx(theirs.p(0.5), abs=1e-9)


@pytest.mark.parametrize("seeds", [1, 2, 3])
def test_side_by_side_each_is_as_if_it_were_alone(seeds):
    several = np.stack([drawn(seed, 60, seeds, 0.5) for seed in range(4)])
    together = crossed(several)
    for place, values in enumerate(several):
        for alone in (crossed(values), crossed(values[None]), crossed(np.asfortranarray(values))):
            assert (together.mean[place], together.error[place]) == (alone.mean, alone.error)
            assert together.p()[place] == alone.p()
            assert together.detectable()[place] == alone.detectable()
            np.testing.assert_array_equal(together.interval()[[place]], alone.interval().reshape(1, 2))


def test_without_spread_only_a_difference_is_evidence():
    same = np.full((5, 3), 0.1)
    assert crossed(same).error == 0
    assert crossed(same).p() == 0
    assert crossed(same).p(0.1) == 1
    assert crossed(same).p(0.2, "greater") == 1
    assert crossed(same).power(0.1) == 1
    assert crossed(same).power(0) == 0
    assert crossed(same).detectable() == 0


@pytest.mark.parametrize("of_seeds", [0.0, 2.0])
def test_what_is_detectable_is_found_with_a_power_of_80(of_seeds):
    estimate = crossed(drawn(8, 50, 3, of_seeds))
    assert estimate.power(float(estimate.detectable())) == pytest.approx(0.8, abs=1e-6)
    assert estimate.power(1 - float(estimate.detectable()), null=1) == pytest.approx(0.8, abs=1e-6)
    assert estimate.power(0) == pytest.approx(0.05)


@pytest.mark.parametrize("queries", [*range(2, 130), 492, 513, 1000, 7000])
def test_what_is_detectable_has_a_power_of_80_whatever_the_number_of_queries(queries):
    estimate = crossed(drawn(7, queries, 1, 0))
    assert estimate.detectable() > 0
    assert estimate.power(float(estimate.detectable())) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize("queries", [3, 12, 60, 513])
def test_with_one_seed_power_is_that_of_statsmodels(queries):
    values = drawn(7, queries, 1, 0)
    for true in (0.0, 0.01, 0.1, 0.5):
        expected = TTestPower().power(true / np.std(values, ddof=1), queries, 0.05)
        assert crossed(values).power(true) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("queries", "seeds"), [(2, 1), (3, 1), (5, 1), (513, 1), (7000, 1), (60, 2), (513, 3)]
)
def test_power_is_a_probability_that_rises_however_large_the_effect(queries, seeds):
    estimate = crossed(drawn(7, queries, seeds, 1.0))
    powers = [estimate.power(errors * float(estimate.error)) for errors in np.arange(0, 80, 0.05)]
    assert np.isfinite(powers).all() and max(powers) <= 1
    assert (np.diff(powers) >= -1e-9).all()


def test_one_query_or_one_that_was_not_measured_is_refused():
    with pytest.raises(UserError, match="found 1 queries, expected at least 2"):
        crossed([[1.0, 2.0]])
    with pytest.raises(ValueError, match="not finite"):
        crossed([[1.0, np.nan], [0.0, 1.0]])
