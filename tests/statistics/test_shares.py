"""A gain as a share of a gap."""

import numpy as np
import pytest

from switchrank.statistics.crossed import crossed
from switchrank.statistics.shares import share


def drawn(seed, mean, spread=1.0):
    """Of 100 queries with each of three seeds."""
    generator = np.random.default_rng(seed)
    by_query, by_seed = generator.normal(0, spread, (100, 1)), generator.normal(0, 0.1 * spread, 3)
    return mean + by_query + by_seed + generator.normal(0, spread, (100, 3))


@pytest.mark.parametrize("gained", [0.5, 0.0, -0.3, 2.0])
def test_the_share_is_that_of_the_means_and_its_interval_is_what_a_test_does_not_refuse(gained):
    gap = drawn(1, 5)
    gain = gained * gap + drawn(2, 0)
    found = share(gain, gap)
    assert found.estimate == pytest.approx(gain.mean() / gap.mean())
    assert found.low < gained < found.high
    for end, outwards in ((found.low, -1), (found.high, 1)):
        assert crossed(gain - end * gap).p() == pytest.approx(0.05, abs=1e-3)
        assert crossed(gain - (end + outwards * 0.05) * gap).p() < 0.05


def test_the_unit_of_measurement_does_not_matter():
    gain, gap = drawn(2, 2), drawn(1, 5)
    assert share(100 * gain, 100 * gap) == pytest.approx(share(gain, gap), rel=1e-6)


def test_a_share_of_itself_is_one():
    gap = drawn(1, 5)
    assert share(gap, gap) == pytest.approx((1, 1, 1))


@pytest.mark.parametrize("gap", [drawn(1, 0.0, 5), drawn(1, -5), np.zeros((100, 3))])
def test_where_there_is_no_gap_there_is_no_share(gap):
    assert share(drawn(2, 2), gap) is None
