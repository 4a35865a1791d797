"""Intervals, tests and corrections for per-query values.

The last axis of every array is the queries, in an order that is the same for all that is compared; axes
before it (pairs, say) are tested side by side, each as if it were alone. Intervals and p values are SciPy's
to the last bit, without the seconds that scipy.stats takes to import and to draw. Fewer than two queries are
a UserError, values that are not finite a ValueError.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike

from switchrank.errors import UserError

ALPHA = 0.05
RESAMPLES = 10_000
PERMUTATIONS = 19999  # the least p, 2 / 20000, is significant after Bonferroni in a family of 499
CORRECTIONS = {"bonferroni": "bonferroni", "holm": "holm", "bh": "fdr_bh"}  # our names → those of statsmodels
_CONFIDENCE = 0.95
_SEED = 20230509
_BATCH = 100  # resamples at a time: enough to be quick, few enough for the memory
# Averages over seeds and pairs that ought to be equal may differ in their last bits. True differences of
# averaged reciprocal ranks at 10 are multiples of 1 / (2520 × seeds × pairs), far above this.
_DECIMALS = 12
_PART = 1000  # flips at a time
_TIES = 100 * np.finfo(float).eps  # relative: what counts as equal to the data


def bootstrap_interval(values: ArrayLike, resamples: int = RESAMPLES) -> np.ndarray:
    """The percentile bootstrap interval (95 %) of the mean over queries: [..., queries] to [..., 2].

    Every call draws the same resamples for the same number of queries: intervals do not depend on the order
    in which they are computed, and systems are compared on the same draws.
    """
    means = np.sort(_resampled(finite(values), resamples), axis=-1)
    share = (1 - _CONFIDENCE) / 2
    quantiles = np.array([share, 1 - share])
    places = quantiles * resamples + (1 - quantiles)
    lower, between = places.astype(int) - 1, places % 1
    upper = np.minimum(lower + 1, resamples - 1)
    return (1 - between) * means[..., lower] + between * means[..., upper]


def bootstrap_ratios(ours: ArrayLike, theirs: ArrayLike) -> np.ndarray:
    """Ratios of two means over the same queries, both [queries], in resamples where the second is above 0."""
    means, others = _resampled(np.stack([finite(ours), finite(theirs)]), RESAMPLES)
    return means[others > 0] / others[others > 0]


def _resampled(values: np.ndarray, resamples: int) -> np.ndarray:
    """The means of resamples, [..., queries] to [..., resamples]; see bootstrap_interval."""
    rows, drawn = values.reshape(-1, values.shape[-1]), _drawn(values.shape[-1], resamples)
    means = np.empty((len(rows), resamples))
    for start in range(0, resamples, _BATCH):
        batch = slice(start, start + _BATCH)
        for row, mean in zip(rows, means, strict=True):
            mean[batch] = row[drawn[batch]].mean(axis=-1)
    return means.reshape(*values.shape[:-1], resamples)


@lru_cache(maxsize=1)  # drawing takes longer than what is made of it, and the size is mostly the same
def _drawn(size: int, resamples: int) -> np.ndarray:
    """The queries that are in each resample, [resamples, size]."""
    generator, drawn = np.random.default_rng(_SEED), np.empty((resamples, size), dtype=np.int32)
    for start in range(0, resamples, _BATCH):
        batch = drawn[start : start + _BATCH]
        batch[:] = generator.integers(size, size=batch.shape)
    return drawn


def without_noise(values: ArrayLike) -> np.ndarray:
    """Values rid of what is mere rounding: those that ought to be equal are."""
    return np.round(np.asarray(values, dtype=float), _DECIMALS) + 0.0  # of −0, too


def without_spread(values: ArrayLike) -> np.ndarray:
    """Whether all values of a sample are equal, [..., size] to [...]."""
    return np.ptp(np.asarray(values, dtype=float), axis=-1) == 0


def spread(values: ArrayLike) -> np.ndarray:
    """The standard deviation of a sample, [..., size] to [...]: exactly 0 where all values are equal.

    Computed from a rounded mean it is tiny but not 0, and what is divided by it is huge.
    """
    values = np.asarray(values, dtype=float)
    return np.where(without_spread(values), 0.0, values.std(axis=-1, ddof=1))


def paired_t_test(difference: ArrayLike) -> np.ndarray:
    """The p values [...] of the two-sided paired t-test that the mean of differences [..., queries] is 0.

    Without spread there is no t: two that agree on every query give no evidence of a difference (0 / 0, here
    p = 1); a difference that is the same on every query is the limit t → ∞.
    """
    from scipy import special

    difference = finite(difference)
    size, mean = difference.shape[-1], difference.mean(axis=-1)
    variance = ((difference - mean[..., None]) ** 2).mean(axis=-1) * (size / (size - 1))
    variance = np.where(without_spread(difference), 0.0, variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = mean / np.sqrt(variance / size)
    return np.where(np.isnan(t), 1.0, 2 * special.stdtr(size - 1, -np.abs(t)))


def randomisation_test(difference: ArrayLike, permutations: int = PERMUTATIONS) -> np.ndarray:
    """The p values [...] of Fisher's two-sided randomisation test of differences [..., queries].

    Their signs are flipped at random, the same way in every call, so that the same data have the same p. One
    is added to the count of flips as extreme as the data and to their number (Phipson and Smyth 2010), so
    that p is never 0.
    """
    difference = finite(difference)
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
    difference = finite(difference)
    deviation = spread(difference)
    return difference.mean(axis=-1) / np.where(deviation > 0, deviation, np.nan)


def corrected(p_values: Sequence[float], method: str) -> np.ndarray:
    """The p values of one family of tests, which may be empty, corrected for their number.

    The method is "bonferroni", "holm" (Holm 1979: never above Bonferroni, and as safe) or "bh" (Benjamini and
    Hochberg 1995: bounds the share of false findings instead of the chance of any).
    """
    from statsmodels.stats.multitest import multipletests

    p_values = np.asarray(p_values, dtype=float)
    if not np.isfinite(p_values).all():
        raise ValueError("p values: found one that is not finite, expected numbers from 0 to 1")
    if method == "holm":
        return _holm(p_values)
    return multipletests(p_values, alpha=ALPHA, method=CORRECTIONS[method])[1]


def _holm(p_values: np.ndarray) -> np.ndarray:
    """Those of statsmodels, which collects all garbage in each call, 40 ms for each of many families."""
    order = np.argsort(p_values)
    stepwise = np.maximum.accumulate(p_values[order] * np.arange(len(order), 0, -1))
    result = np.empty_like(p_values)
    result[order] = np.minimum(stepwise, 1.0)
    return result


def finite(values: ArrayLike) -> np.ndarray:
    """Values as floats, the last axis being the queries; see above for what is refused."""
    values = np.asarray(values, dtype=float)
    if values.shape[-1] < 2:
        found = f"{values.shape[-1]} queries"
        raise UserError(f"evaluation: found {found}, expected at least 2 for an interval or a test")
    if not np.isfinite(values).all():
        raise ValueError("per-query values: found one that is not finite, expected numbers")
    return values
