"""Intervals, tests and corrections, against SciPy's own and by law."""

import gc

import configs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from switchrank.errors import UserError
from switchrank.statistics.significance import (
    CORRECTIONS,
    bootstrap_interval,
    corrected,
    effect_size,
    paired_t_test,
    randomisation_test,
    spread,
    without_noise,
    without_spread,
)

REACHABLE = st.sampled_from([0.0, *(1 / rank for rank in range(1, 11))])
PAIRED = st.lists(st.tuples(REACHABLE, REACHABLE), min_size=2, max_size=40).map(
    lambda pairs: np.array(pairs).T
)
SEED = 20230509
P_VALUES = st.lists(st.floats(0, 1), max_size=30)


def differences(values, reference):
    """Values − reference without rounding noise."""
    return without_noise(np.subtract(values, reference))


@pytest.fixture(scope="module", autouse=True)
def frozen_heap():
    """Spare statsmodels, which collects garbage at every correction, the objects that are there already."""
    gc.freeze()
    yield
    gc.unfreeze()


@settings(deadline=None, max_examples=50)
@given(PAIRED)
def test_tests_are_symmetric_and_intervals_of_differences_mirror(pair):
    forward, backward = differences(*pair), differences(*pair[::-1])
    assert paired_t_test(forward) == pytest.approx(paired_t_test(backward))
    assert randomisation_test(forward, 199) == randomisation_test(backward, 199)
    low, high = bootstrap_interval(forward, resamples=200)
    assert bootstrap_interval(backward, resamples=200) == pytest.approx([-high, -low])


@settings(deadline=None)
@given(PAIRED)
def test_an_interval_lies_within_the_values_and_in_order(pair):
    low, high = bootstrap_interval(pair[0], resamples=200)
    assert pair[0].min() - 1e-12 <= low <= high <= pair[0].max() + 1e-12


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=5, max_size=40))
def test_the_interval_of_symmetric_values_contains_their_mean(values):
    mirrored = np.array([*values, *(-value for value in values)])
    low, high = bootstrap_interval(mirrored, resamples=500)
    assert low <= 1e-12
    assert high >= -1e-12


@settings(deadline=None, max_examples=30)
@given(st.lists(REACHABLE, min_size=2, max_size=40))
def test_a_system_does_not_differ_from_itself(values):
    difference = differences(values, values)
    assert paired_t_test(difference) == randomisation_test(difference, 99) == 1.0
    assert bootstrap_interval(difference, resamples=50).tolist() == [0.0, 0.0]
    assert np.isnan(effect_size(difference))


CONSTANTS = st.one_of(
    st.sampled_from([0.1, 1 / 3, 0.7, 0.3 - 0.1, -1 / 9, 1e-3, 1.0]),
    st.floats(-1, 1).filter(lambda value: abs(value) > 1e-6),
)


@settings(deadline=None)
@given(CONSTANTS, st.integers(2, 2000))
def test_what_is_the_same_on_every_query_has_no_spread(constant, queries):
    difference = np.full(queries, constant)
    assert spread(difference) == 0.0
    assert np.isnan(effect_size(difference))
    assert np.isnan(effect_size(np.stack([difference, difference]))).all()
    assert paired_t_test(difference) == 0.0
    assert paired_t_test(difference - constant) == 1.0


@settings(deadline=None)
@given(st.lists(st.floats(-1, 1), min_size=2, max_size=50))
def test_spread_is_that_of_the_sample_where_there_is_any(values):
    assert spread(values) == pytest.approx(np.std(values, ddof=1), abs=1e-15)
    assert (spread(values) == 0) == (len(set(values)) == 1) or spread(values) < 1e-150


@settings(deadline=None)
@given(st.permutations([1 / 3, 1 / 7, 0.1, 0.9]), st.permutations([1 / 3, 1 / 7, 0.1, 0.9]))
def test_sums_in_another_order_are_the_same_but_for_noise(one, other):
    assert spread(without_noise([np.mean(one), np.mean(other)])) == 0


def test_rows_are_tested_as_if_each_were_alone():
    several = np.random.default_rng(4).choice([0.0, 1 / 3, -1.0, 0.1], size=(5, 80))
    for function in (paired_t_test, randomisation_test, effect_size, bootstrap_interval):
        together = function(several)
        for place, row in enumerate(several):
            assert together[place].tolist() == function(row[None])[0].tolist()
            assert together[place] == pytest.approx(function(row), rel=1e-12)


def test_rounding_noise_is_no_difference():
    seeds = [1 / 3, 1 / 7, 1 / 10]
    forward = np.array([np.mean(seeds), 0.5, 0.1 + 0.2])
    backward = np.array([np.mean(seeds[::-1]), 0.5, 0.3])
    assert (forward != backward).any()
    assert paired_t_test(differences(forward, backward)) == 1.0


def test_the_same_difference_on_every_query_is_certain():
    assert paired_t_test(differences([0.5, 0.6, 0.7], [0.4, 0.5, 0.6])) == 0.0


@pytest.mark.parametrize("shape", [(200,), (3, 40), (2, 3, 15), (4, 9)])
def test_intervals_and_p_values_are_scipys_to_the_last_bit(shape):
    rng = np.random.default_rng(1)
    difference = differences(rng.choice([0.0, 0.1, 1 / 3, 0.5, 1.0], shape), rng.random(shape).round(1))
    intervals, rows = bootstrap_interval(difference, resamples=250), difference.reshape(-1, shape[-1])
    assert intervals.shape == (*shape[:-1], 2)
    for interval, row in zip(intervals.reshape(-1, 2), rows, strict=True):
        drawn = stats.bootstrap((row,), np.mean, n_resamples=250, batch=100, method="percentile",
                                rng=np.random.default_rng(SEED))  # fmt: skip
        assert interval.tolist() == list(drawn.confidence_interval)
    expected = stats.ttest_1samp(difference, 0.0, axis=-1).pvalue
    assert paired_t_test(difference).tolist() == expected.tolist()
    flipped = stats.permutation_test((difference,), np.mean, permutation_type="samples", n_resamples=1199,
                                     axis=-1, batch=50, rng=np.random.default_rng(SEED))  # fmt: skip
    assert randomisation_test(difference, 1199).tolist() == flipped.pvalue.tolist()


def test_the_randomisation_test_counts_the_data_among_the_flips():
    certain = np.full(40, 0.5) + np.linspace(0, 0.1, 40)
    assert randomisation_test(certain, permutations=999) == 2 / 1000  # two-sided: twice the smaller tail
    assert randomisation_test(certain) > 0


def test_the_randomisation_test_agrees_with_all_flips_and_gives_the_same_p_twice():
    difference = np.random.default_rng(5).normal(0.3, 1, 12)
    flips = np.array(np.meshgrid(*[[1, -1]] * 12)).reshape(12, -1).T
    means = (flips * difference).mean(axis=1)
    exact = (np.abs(means) >= abs(difference.mean()) - 1e-12).mean()
    assert randomisation_test(difference) == pytest.approx(exact, abs=0.02)
    assert randomisation_test(difference) == randomisation_test(difference)


def test_the_effect_size_is_cohens_of_paired_values():
    difference = np.array([0.0, 0.5, 1.0, 0.5])
    assert effect_size(difference) == pytest.approx(0.5 / np.std(difference, ddof=1))


def test_the_interval_agrees_with_theory_and_is_the_same_each_time():
    values = np.random.default_rng(2).random(400)
    interval = bootstrap_interval(values)
    expected = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
    assert interval == pytest.approx(expected, abs=0.003)
    assert bootstrap_interval(values).tolist() == interval.tolist()


@settings(deadline=None)
@given(P_VALUES)
def test_every_correction_lies_between_raw_and_bonferroni(p_values):
    bonferroni, raw = corrected(p_values, "bonferroni"), np.array(p_values)
    for method in ("holm", "bh"):
        result = corrected(p_values, method)
        assert (raw <= result + 1e-15).all()
        assert (result <= bonferroni + 1e-15).all()
    assert (corrected(p_values, "bh") <= corrected(p_values, "holm") + 1e-15).all()
    assert (bonferroni <= 1).all()


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_corrections_do_not_depend_on_the_order_of_tests(p_values, random):
    order = random.sample(range(len(p_values)), len(p_values))
    for method in CORRECTIONS:
        shuffled = corrected([p_values[place] for place in order], method)
        assert shuffled.tolist() == pytest.approx(corrected(p_values, method)[order].tolist())


def test_corrections_of_a_known_family():
    assert corrected([0.01, 0.04, 0.03], "bonferroni") == pytest.approx([0.03, 0.12, 0.09])
    assert corrected([0.01, 0.04, 0.03], "holm") == pytest.approx([0.03, 0.06, 0.06])
    assert corrected([0.01, 0.04, 0.03], "bh") == pytest.approx([0.03, 0.04, 0.04])
    for drawn in (np.random.default_rng(1).random((20, 7)) ** 3).tolist():
        for method, theirs in CORRECTIONS.items():
            assert corrected(drawn, method).tolist() == multipletests(drawn, method=theirs)[1].tolist()
    assert corrected([], "holm").size == 0


def test_too_few_queries_are_a_users_mistake():
    with pytest.raises(UserError, match="found 1 queries, expected at least 2"):
        bootstrap_interval([1.0])
    with pytest.raises(UserError, match="found 0 queries"):
        paired_t_test([])


def test_what_is_not_finite_is_refused():
    with pytest.raises(ValueError, match="not finite"):
        bootstrap_interval([1.0, float("nan")])
    with pytest.raises(ValueError, match="not finite"):
        corrected([0.5, float("nan")], "holm")


def test_the_randomisation_test_can_be_significant_in_the_largest_family_of_the_shipped_configs():
    experiment = configs.checked(configs.full())
    averages = sum(len(experiment.groups_with(system)) for system in experiment.systems)
    sizes = [averages, *map(len, experiment.groups.values())]
    least = randomisation_test(np.ones(30))
    assert corrected([least] + [1.0] * (max(sizes) - 1), "bonferroni")[0] < 0.05


def test_samples_without_spread_are_known_as_such():
    samples = [[0.1] * 3, [0.1, 0.1, 0.1 + 1e-16], [0.1, 0.2, 0.3]]
    assert without_spread(samples).tolist() == [True, False, False]
    assert without_spread(without_noise(samples)).tolist() == [True, True, False]
