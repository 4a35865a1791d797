"""Intervals, tests and corrections for per-query values (SciPy, statsmodels).

What is compared stands in arrays whose last axis is the queries, in an order that is the same for all; axes
before it (pairs, say) are tested side by side, each as if it were alone.
"""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower

from switchrank.errors import UserError

ALPHA = 0.05
CONFIDENCE = 0.95
RESAMPLES = 2000
PERMUTATIONS = 19999  # the least p, 2 / 20000, is significant after Bonferroni in a family of 499
CORRECTIONS = {"bonferroni": "bonferroni", "holm": "holm", "bh": "fdr_bh"}  # our names → those of statsmodels
_SEED = 20230509
_BATCH = 100  # resamples at a time: enough to be quick, few enough for the memory
# Averages over seeds and pairs that ought to be equal may differ in their last bits. True differences of
# averaged reciprocal ranks at 10 are multiples of 1 / (2520 × seeds × pairs), far above this.
_DECIMALS = 12
_CERTAIN = 8  # standard errors


def bootstrap_interval(
    values: ArrayLike, resamples: int = RESAMPLES, confidence: float = CONFIDENCE
) -> np.ndarray:
    """The percentile bootstrap interval of the mean over queries.

    Every call draws the same resamples for the same number of queries: intervals do not depend on the order
    in which they are computed, and systems are compared on the same draws.

    Args:
        values: [..., queries], at least two queries.
        resamples: how often the queries are drawn with replacement.
        confidence: of the interval.

    Returns:
        lower and upper end, [..., 2].

    Raises:
        UserError: there are fewer than two queries.
        ValueError: a value is not finite.
    """
    result = stats.bootstrap(
        (_finite(values),),
        np.mean,
        n_resamples=resamples,
        batch=_BATCH,
        axis=-1,
        confidence_level=confidence,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    )
    return np.stack(result.confidence_interval, axis=-1)


def bootstrap_ratios(ours: ArrayLike, theirs: ArrayLike) -> np.ndarray:
    """The ratio of two means over the same queries, in bootstrap resamples of these.

    Args:
        ours, theirs: [queries], in the same order.

    Returns:
        a ratio for each resample in which the second mean is not 0.
    """
    ours, theirs = _finite(ours), _finite(theirs)
    drawn = np.random.default_rng(_SEED).integers(len(ours), size=(RESAMPLES, len(ours)))
    means, others = ours[drawn].mean(axis=1), theirs[drawn].mean(axis=1)
    return means[others > 0] / others[others > 0]


def differences(values: ArrayLike, reference: ArrayLike) -> np.ndarray:
    """Give values − reference, query by query, both [..., queries], rid of what is mere rounding.

    Raises:
        UserError: there are fewer than two queries.
        ValueError: the shapes differ, or a value is not finite.
    """
    values, reference = _finite(values), _finite(reference)
    if values.shape != reference.shape:
        raise ValueError(f"paired values: found {values.shape} and {reference.shape}, expected the same")
    return np.round(values - reference, _DECIMALS)


def paired_t_test(difference: ArrayLike, alternative: str = "two-sided") -> np.ndarray:
    """The p values of the paired t-test that the mean difference is 0.

    Args:
        difference: [..., queries]; see `differences`.
        alternative: "two-sided", "greater" or "less".

    Returns:
        [...]
    """
    difference = _finite(difference)
    with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # of data without spread, which is seen to below
        p = stats.ttest_1samp(difference, 0.0, axis=-1, alternative=alternative).pvalue
    # No spread, no t: SciPy divides by zero. Two that agree on every query give no evidence of a difference
    # (0 / 0, here p = 1); a difference that is the same on every query is the limit t → ∞.
    flat, first = np.ptp(difference, axis=-1) == 0, difference[..., 0]
    right = {"two-sided": first != 0, "greater": first > 0, "less": first < 0}[alternative]
    return np.where(flat, np.where(right, 0.0, 1.0), p)


def randomisation_test(difference: ArrayLike, permutations: int = PERMUTATIONS) -> np.ndarray:
    """The p values of Fisher's two-sided randomisation test: signs of the differences flipped at random.

    The flips are the same in every call, so the same data have the same p; one is added to the count of flips
    as extreme as the data and to their number (Phipson and Smyth 2010), so that p is never 0.

    Args:
        difference: [..., queries]; see `differences`.
        permutations: how many flips are drawn.

    Returns:
        [...]
    """
    result = stats.permutation_test(
        (_finite(difference),),
        lambda values, axis: np.mean(values, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=permutations,
        batch=_BATCH,
        axis=-1,
        rng=np.random.default_rng(_SEED),
    )
    return np.asarray(result.pvalue)


def effect_size(difference: ArrayLike) -> np.ndarray:
    """Cohen's d of paired values: mean difference to its standard deviation; NaN without spread, [...]."""
    difference = _finite(difference)
    spread = difference.std(axis=-1, ddof=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(spread > 0, difference.mean(axis=-1) / spread, np.nan)


def power(difference: ArrayLike, true: float) -> float:
    """The probability that a two-sided paired t-test at .05 on as many queries finds a true mean difference.

    Args:
        difference: [queries]; its spread is taken for the true one.
        true: the mean difference to find, in the unit of the differences.
    """
    difference = _finite(difference)
    spread, size = difference.std(ddof=1), len(difference)
    if abs(true) * np.sqrt(size) > _CERTAIN * spread:
        return 1.0  # further out the noncentral t distribution is not computed
    if spread == 0:
        return 0.0
    return float(TTestPower().power(abs(true) / spread, len(difference), ALPHA))


def detectable(difference: ArrayLike, wanted: float = 0.8) -> float:
    """The smallest true mean difference that such a test finds with a power of .8."""
    difference = _finite(difference)
    spread = difference.std(ddof=1)
    if spread == 0:
        return 0.0
    return float(spread * TTestPower().solve_power(None, len(difference), ALPHA, wanted))


def corrected(p_values: Sequence[float], method: str) -> np.ndarray:
    """Correct the p values of one family of tests for their number.

    Args:
        p_values: all tests of the family, from 0 to 1; may be empty.
        method: "bonferroni", "holm" (Holm 1979: never above Bonferroni, and as safe) or "bh" (Benjamini and
            Hochberg 1995: bounds the share of false findings instead of the chance of any).

    Returns:
        corrected p values in the same order, at most 1.

    Raises:
        ValueError: a p value is not finite.
    """
    p_values = np.asarray(p_values, dtype=float)
    if not np.isfinite(p_values).all():
        raise ValueError("p values: found one that is not finite, expected numbers from 0 to 1")
    if p_values.size == 0:
        return p_values
    return multipletests(p_values, alpha=ALPHA, method=CORRECTIONS[method])[1]


def _finite(values: ArrayLike) -> np.ndarray:
    values = np.asarray(values, dtype=float)
    if values.shape[-1] < 2:
        raise UserError(
            f"evaluation: found {values.shape[-1]} queries, expected at least 2 for an interval or a test"
        )
    if not np.isfinite(values).all():
        raise ValueError("per-query values: found one that is not finite, expected numbers")
    return values
