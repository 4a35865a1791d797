"""Intervals, tests and corrections for per-query values (SciPy, statsmodels)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from statsmodels.stats.multitest import multipletests

from switchrank.errors import UserError

ALPHA = 0.05
CONFIDENCE = 0.95
RESAMPLES = 2000
_SEED = 20230509
# Averages over seeds and pairs that ought to be equal may differ in their last bits. True differences of
# averaged reciprocal ranks at 10 are multiples of 1 / (2520 × seeds × pairs), far above this.
_DECIMALS = 12


def bootstrap_interval(values: ArrayLike, resamples: int = RESAMPLES) -> list[float]:
    """The percentile bootstrap interval (95 %) of the mean over queries.

    Every call draws the same resamples for the same number of queries: intervals do not depend on the order
    in which they are computed, and systems are compared on the same draws.

    Args:
        values: one per query, at least two, in an order that is the same for all that is compared.
        resamples: how often the queries are drawn with replacement.

    Returns:
        lower and upper end.

    Raises:
        UserError: there are fewer than two queries.
        ValueError: a value is not finite.
    """
    result = stats.bootstrap(
        (_finite(values),),
        np.mean,
        n_resamples=resamples,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(_SEED),
    )
    return [float(end) for end in result.confidence_interval]


def paired_bootstrap(values: ArrayLike, reference: ArrayLike, resamples: int = RESAMPLES) -> list[float]:
    """The percentile bootstrap interval (95 %) of the mean difference, queries drawn jointly for both.

    Args:
        values: one per query.
        reference: the same queries in the same order.
        resamples: see bootstrap_interval.

    Returns:
        lower and upper end of values − reference.

    Raises:
        UserError, ValueError: see bootstrap_interval.
    """
    return bootstrap_interval(_differences(values, reference), resamples)


def paired_t_test(values: ArrayLike, reference: ArrayLike) -> float:
    """The p value of the two-sided paired t-test that both have the same mean.

    Args:
        values: one per query, at least two.
        reference: the same queries in the same order.

    Raises:
        UserError, ValueError: see bootstrap_interval.
    """
    differences = _differences(values, reference)
    if np.ptp(differences) == 0:
        # No spread, no t: SciPy divides by zero. Two that agree on every query give no evidence of a
        # difference (0 / 0, here p = 1); a difference that is the same on every query is the limit t → ∞.
        return 0.0 if differences[0] else 1.0
    return float(stats.ttest_1samp(differences, 0.0).pvalue)


def corrected(p_values: Sequence[float], method: str) -> np.ndarray:
    """Correct the p values of one family of tests for their number.

    Args:
        p_values: all tests of the family, from 0 to 1; may be empty.
        method: "bonferroni" or "holm" (Holm 1979: never above Bonferroni, and as safe).

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
    return multipletests(p_values, alpha=ALPHA, method=method)[1]


def _differences(values: ArrayLike, reference: ArrayLike) -> np.ndarray:
    values, reference = _finite(values), _finite(reference)
    if values.shape != reference.shape:
        raise ValueError(f"paired values: found {values.size} and {reference.size}, expected as many of each")
    return np.round(values - reference, _DECIMALS)


def _finite(values: ArrayLike) -> np.ndarray:
    values = np.asarray(values, dtype=float)
    if values.size < 2:
        raise UserError(
            f"evaluation: found {values.size} queries, expected at least 2 for an interval or a test"
        )
    if not np.isfinite(values).all():
        raise ValueError("per-query values: found one that is not finite, expected numbers")
    return values
