"""Intervals, tests and corrections for per-query values.

What is compared stands in arrays whose last axis is the queries, in an order that is the same for all; axes
before it (pairs, say) are tested side by side, each as if it were alone. Intervals and p values are SciPy's
to the last bit, without the seconds that scipy.stats takes to import and to draw.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike

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
_PART = 1000  # flips at a time
_TIES = 100 * np.finfo(float).eps  # relative: what counts as equal to the data


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
    values, generator = _finite(values), np.random.default_rng(_SEED)
    size, means = values.shape[-1], []
    for start in range(0, resamples, _BATCH):
        drawn = generator.integers(size, size=(min(_BATCH, resamples - start), size))
        if values.ndim == 1:
            means.append(values[drawn].mean(axis=-1))
        else:  # summed one query after another, so that no row's last bits depend on how many there are
            means.append(values.reshape(-1, size).T[np.ascontiguousarray(drawn.T)].mean(axis=0).T)
    ordered = np.sort(np.concatenate(means, axis=-1).reshape(*values.shape[:-1], resamples))
    share = (1 - confidence) / 2
    ends = []
    for quantile in (share, 1 - share):
        place = quantile * resamples + (1 - quantile)
        lower, between = int(place) - 1, place % 1
        upper = min(lower + 1, resamples - 1)
        ends.append((1 - between) * ordered[..., lower] + between * ordered[..., upper])
    return np.stack(ends, axis=-1)


def bootstrap_ratios(ours: ArrayLike, theirs: ArrayLike) -> np.ndarray:
    """The ratio of two means over the same queries, both [queries], in bootstrap resamples of these.

    Resamples in which the second mean is 0 are left out.
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
    """
    from scipy import special

    difference = _finite(difference)
    size, mean = difference.shape[-1], difference.mean(axis=-1)
    variance = ((difference - mean[..., None]) ** 2).mean(axis=-1) * (size / (size - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = mean / np.sqrt(variance / size)
    p = {
        "two-sided": 2 * special.stdtr(size - 1, -np.abs(t)),
        "greater": special.stdtr(size - 1, -t),
        "less": special.stdtr(size - 1, t),
    }[alternative]
    # No spread, no t. Two that agree on every query give no evidence of a difference
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
    """
    difference = _finite(difference)
    rows = difference.reshape(-1, difference.shape[-1])
    observed = rows.mean(axis=-1)
    tolerance = _TIES * np.abs(observed)
    drawn, below, above = 0, 0, 0
    for signs in _signs(rows.shape[-1], permutations):
        null = np.zeros((len(rows), signs.shape[-1]))
        for values, flips in zip(rows.T, signs, strict=True):  # in this order, as sums are rounded
            null += values[:, None] * flips
        null /= rows.shape[-1]
        drawn += signs.shape[-1]
        below = below + (null <= (observed + tolerance)[:, None]).sum(axis=1)
        above = above + (null >= (observed - tolerance)[:, None]).sum(axis=1)
    more = int(permutations < 2 ** rows.shape[-1])  # none where all flips that there are were tried
    p = 2 * (np.minimum(below, above) + more) / (drawn + more)
    return np.minimum(p, 1.0).reshape(difference.shape[:-1])


def _signs(queries: int, permutations: int) -> Iterator[np.ndarray]:
    """Signs 1.0 or -1.0, [queries, flips] in parts: drawn ones, or all that there are if these are fewer.

    They are those that scipy.stats.permutation_test draws, 30 times as fast: it shuffles each query's two
    signs, which takes the lowest bit of a random number.
    """
    if permutations >= 2**queries:
        yield 1.0 - 2.0 * (np.arange(2**queries) >> np.arange(queries)[:, None] & 1)
        return
    generator = np.random.default_rng(_SEED)
    for start in range(0, permutations, _PART):
        shape = min(_PART, permutations - start), queries
        bits = generator.integers(2**32, size=shape, dtype=np.uint32) & 1
        yield 2.0 * np.ascontiguousarray(bits.T) - 1.0


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
    from statsmodels.stats.power import TTestPower

    return float(TTestPower().power(abs(true) / spread, size, ALPHA))


def detectable(difference: ArrayLike, wanted: float = 0.8) -> float:
    """The smallest true mean difference that such a test finds with a power of .8."""
    difference = _finite(difference)
    spread = difference.std(ddof=1)
    if spread == 0:
        return 0.0
    from statsmodels.stats.power import TTestPower

    return float(spread * TTestPower().solve_power(None, len(difference), ALPHA, wanted))


def corrected(p_values: Sequence[float], method: str) -> np.ndarray:
    """Correct the p values of one family of tests for their number.

    Args:
        p_values: all tests of the family, from 0 to 1; may be empty.
        method: "bonferroni", "holm" (Holm 1979: never above Bonferroni, and as safe) or "bh" (Benjamini and
            Hochberg 1995: bounds the share of false findings instead of the chance of any).

    Raises:
        ValueError: a p value is not finite.
    """
    p_values = np.asarray(p_values, dtype=float)
    if not np.isfinite(p_values).all():
        raise ValueError("p values: found one that is not finite, expected numbers from 0 to 1")
    if p_values.size == 0:
        return p_values
    from statsmodels.stats.multitest import multipletests

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
