"""A gain as a share of a gap, both measured on the same queries and seeds, with its interval."""

from typing import NamedTuple

import numpy as np

from switchrank.statistics.crossed import crossed
from switchrank.statistics.significance import ALPHA


class Share(NamedTuple):
    """A ratio of means with its 95 % interval."""

    estimate: float
    low: float
    high: float


def share(gain: np.ndarray, gap: np.ndarray) -> Share | None:
    """What share of a gap a gain is, both [queries, seeds]; None where there is no gap: it is not above 0.

    The interval holds the shares that a test at .05 does not refuse: that the gain minus that share of the
    gap is 0 (Fieller 1954).
    """
    there = crossed(gap)
    if not (there.mean > 0 and there.p() < ALPHA):
        return None
    estimate = float(np.mean(gain) / there.mean)
    return Share(estimate, *_kept(gain, gap, estimate))


def _kept(gain: np.ndarray, gap: np.ndarray, estimate: float) -> tuple[float, float]:
    """The ends of the interval around the estimate."""
    from scipy import optimize

    def kept(share: float) -> float:
        return float(crossed(gain - share * gap).p()) - ALPHA

    ends = []
    for direction in (-1, 1):
        step = 0.01
        while kept(estimate + direction * step) > 0 and step < 1000:
            step *= 2
        near, far = estimate, estimate + direction * step
        ends.append(optimize.brentq(kept, near, far) if kept(far) < 0 < kept(near) else far)
    return ends[0], ends[1]
