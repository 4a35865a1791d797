"""Intervals, tests and corrections, against SciPy's own and by law."""

import gc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from switchrank.errors import UserError
from switchrank.significance import bootstrap_interval, corrected, paired_bootstrap, paired_t_test

REACHABLE = st.sampled_from([0.0, *(1 / rank for rank in range(1, 11))])
PAIRED = st.lists(st.tuples(REACHABLE, REACHABLE), min_size=2, max_size=40).map(
    lambda pairs: np.array(pairs).T
)
P_VALUES = st.lists(st.floats(0, 1), max_size=30)


@pytest.fixture(scope="module", autouse=True)
def frozen_heap():
    """Spare statsmodels, which collects garbage at every correction, the objects that are there already."""
    gc.freeze()
    yield
    gc.unfreeze()


@settings(deadline=None)
@given(PAIRED)
def test_the_test_is_symmetric_and_intervals_of_differences_mirror(pair):
    a, b = pair
    assert paired_t_test(a, b) == pytest.approx(paired_t_test(b, a))
    low, high = paired_bootstrap(a, b, resamples=200)
    assert paired_bootstrap(b, a, resamples=200) == pytest.approx([-high, -low])


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


@settings(deadline=None)
@given(st.lists(REACHABLE, min_size=2, max_size=40))
def test_a_system_does_not_differ_from_itself(values):
    assert paired_t_test(values, values) == 1.0
    assert paired_bootstrap(values, values, resamples=50) == [0.0, 0.0]


def test_rounding_noise_is_no_difference():
    seeds = [1 / 3, 1 / 7, 1 / 10]
    forward = np.array([np.mean(seeds), 0.5, 0.1 + 0.2])
    backward = np.array([np.mean(seeds[::-1]), 0.5, 0.3])
    assert (forward != backward).any()
    assert paired_t_test(forward, backward) == 1.0


def test_the_same_difference_on_every_query_is_certain():
    assert paired_t_test([0.5, 0.6, 0.7], [0.4, 0.5, 0.6]) == 0.0


def test_the_p_value_is_scipys():
    rng = np.random.default_rng(1)
    a, b = rng.random(200), rng.random(200)
    assert paired_t_test(a, b) == pytest.approx(stats.ttest_rel(a, b).pvalue, rel=1e-9)


def test_the_interval_agrees_with_theory_and_is_the_same_each_time():
    values = np.random.default_rng(2).random(400)
    low, high = bootstrap_interval(values)
    expected = stats.t.interval(0.95, len(values) - 1, values.mean(), stats.sem(values))
    assert [low, high] == pytest.approx(expected, abs=0.003)
    assert bootstrap_interval(values) == [low, high]
    assert all(type(end) is float for end in (low, high))


@settings(deadline=None)
@given(P_VALUES)
def test_holm_lies_between_raw_and_bonferroni(p_values):
    holm, bonferroni = corrected(p_values, "holm"), corrected(p_values, "bonferroni")
    raw = np.array(p_values)
    assert (raw <= holm + 1e-15).all()
    assert (holm <= bonferroni + 1e-15).all()
    assert (bonferroni <= 1).all()


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_corrections_do_not_depend_on_the_order_of_tests(p_values, random):
    order = random.sample(range(len(p_values)), len(p_values))
    for method in ("holm", "bonferroni"):
        shuffled = corrected([p_values[place] for place in order], method)
        assert shuffled.tolist() == pytest.approx(corrected(p_values, method)[order].tolist())


def test_corrections_of_a_known_family():
    assert corrected([0.01, 0.04, 0.03], "bonferroni") == pytest.approx([0.03, 0.12, 0.09])
    assert corrected([0.01, 0.04, 0.03], "holm") == pytest.approx([0.03, 0.06, 0.06])
    assert corrected([], "holm").size == 0


def test_too_few_queries_are_a_users_mistake():
    with pytest.raises(UserError, match="found 1 queries, expected at least 2"):
        bootstrap_interval([1.0])
    with pytest.raises(UserError, match="found 0 queries"):
        paired_t_test([], [])


def test_what_is_not_finite_or_not_paired_is_refused():
    with pytest.raises(ValueError, match="not finite"):
        bootstrap_interval([1.0, float("nan")])
    with pytest.raises(ValueError, match="not finite"):
        corrected([0.5, float("nan")], "holm")
    with pytest.raises(ValueError, match="found 3 and 2"):
        paired_t_test([1.0, 0.0, 1.0], [1.0, 0.5])
