"""The mean over queries and seeds, both taken as drawn at random: standard error, intervals, tests, power.

Every query is measured with every seed, so that the two are crossed: a value is a mean, plus what the query,
the seed and the two together add to it, each random and independent (a mixed model with two crossed random
effects and no replication; Searle, Casella and McCulloch 1992, chapter 4). Its variances are estimated from
the mean squares of the analysis of variance. The variance of the mean over n queries and k seeds is then

    (MS of queries + MS of seeds − MS of the rest) / (n k),

of which seeds add nothing where their mean square is below that of the rest. Its degrees of freedom are
Satterthwaite's (1946), of the three mean squares: with few seeds, and seeds that disagree, they are few. With
one seed it is the t-test over queries, which cannot know how seeds differ.

With few seeds all this is approximate, and what is detectable as uncertain as the error that it is made from.
Where seeds add as much to the error as queries do, a true mean is refused at .05 in 6 of 100 simulated cases,
with two, three or five seeds alike, and at .0083 in 2.0, 1.6 and 1.3; by a test over queries alone, in 16.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from switchrank.statistics.significance import ALPHA, finite, without_noise, without_spread

POWER = 0.8  # of what counts as detectable
_FAR = 20.0  # standard errors: with one degree of freedom, a power of .8 takes 17


@dataclass(frozen=True)
class Crossed:
    """Means, each an array [...] as the values that it is estimated from, and how sure they are."""

    mean: np.ndarray
    error_of_queries: np.ndarray  # standard error by what is drawn: with other queries the mean would differ
    error_of_seeds: np.ndarray | None  # what seeds add to it; None if there is one, which cannot tell
    freedom: np.ndarray  # degrees of freedom of the two together

    @property
    def error(self) -> np.ndarray:
        """The standard error by queries and seeds together."""
        return np.hypot(self.error_of_queries, 0.0 if self.error_of_seeds is None else self.error_of_seeds)

    def p(self, null: float = 0.0, alternative: str = "two-sided") -> np.ndarray:
        """The p values that the mean is `null`, against "two-sided", "greater" or "less".

        Without spread there is no t: a mean that is `null` gives no evidence (0 / 0: p = 1), and any other
        one is the limit t → ±∞.
        """
        from scipy import special

        with np.errstate(divide="ignore", invalid="ignore"):
            t = without_noise(self.mean - null) / self.error
        tail = {"two-sided": -np.abs(t), "greater": -t, "less": t}[alternative]
        p = special.stdtr(self.freedom, tail) * (2 if alternative == "two-sided" else 1)
        return np.where(np.isnan(t), 1.0, p)

    def interval(self, confidence: float = 1 - ALPHA) -> np.ndarray:
        """The interval [..., 2] of the mean, low and high: what a two-sided test at 1 − confidence keeps."""
        from scipy import special

        reach = special.stdtrit(self.freedom, (1 + confidence) / 2) * self.error
        return np.stack([self.mean - reach, self.mean + reach], axis=-1)

    def power(self, true: float, null: float = 0.0) -> float:
        """The probability that a two-sided test at .05 of `null` finds a true mean; of one mean.

        The standard error and its degrees of freedom are taken for the true ones.
        """
        if self.error == 0:
            return float(true != null)
        return _power(abs(true - null) / float(self.error), float(self.freedom))

    def detectable(self) -> np.ndarray:
        """The smallest true difference that such a test finds with a power of .8, [...]."""
        from scipy import optimize

        errors = [
            optimize.brentq(lambda errors, freedom=freedom: _power(errors, freedom) - POWER, 0, _FAR)
            for freedom in np.ravel(self.freedom)
        ]
        return np.reshape(errors, np.shape(self.freedom)) * self.error


def crossed(values: ArrayLike) -> Crossed:
    """Estimate means from values [..., queries, seeds], of each query with each seed.

    Raises:
        UserError: there are fewer than two queries.
        ValueError: a value is not finite.
    """
    by_seed = np.ascontiguousarray(without_noise(finite(np.swapaxes(values, -1, -2))))
    values = np.ascontiguousarray(np.swapaxes(by_seed, -1, -2))
    queries, seeds = values.shape[-2:]
    # Always along a last, contiguous axis, so that no mean's last bits depend on how many there are.
    by_query, by_seed = without_noise(values.mean(axis=-1)), without_noise(by_seed.mean(axis=-1))
    mean = by_query.mean(axis=-1)
    of_queries = seeds * _variance(by_query)
    if seeds == 1:
        freedom = np.full(mean.shape, queries - 1.0)
        return Crossed(mean, np.sqrt(of_queries / queries), None, freedom)
    rest = values - by_query[..., None] - by_seed[..., None, :] + mean[..., None, None]
    freedoms = queries - 1, seeds - 1, (queries - 1) * (seeds - 1)
    of_seeds = queries * _variance(by_seed)
    of_rest = (without_noise(rest) ** 2).reshape(*mean.shape, -1).sum(axis=-1) / freedoms[2]
    added = np.maximum(of_seeds - of_rest, 0.0)
    together = of_queries + added
    squares = of_queries**2 / freedoms[0] + of_seeds**2 / freedoms[1] + of_rest**2 / freedoms[2]
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = np.maximum(np.where(squares > 0, together**2 / squares, freedoms[0]), min(freedoms[:2]))
    size = queries * seeds
    return Crossed(mean, np.sqrt(of_queries / size), np.sqrt(added / size), freedom)


def _variance(values: np.ndarray) -> np.ndarray:
    return np.where(without_spread(values), 0.0, values.var(axis=-1, ddof=1))


def _power(errors: float, freedom: float) -> float:
    """The power of a two-sided t-test of a true difference that is so many standard errors."""
    from scipy import special

    critical = special.stdtrit(freedom, 1 - ALPHA / 2)
    above = 1 - special.nctdtr(freedom, errors, critical)
    below = special.nctdtr(freedom, errors, -critical)
    # Far out, where the noncentral t distribution is not computed, they are 1 and 0 to the last digit.
    return min(1.0, float(np.nan_to_num(above, nan=1.0) + np.nan_to_num(below, nan=0.0)))
