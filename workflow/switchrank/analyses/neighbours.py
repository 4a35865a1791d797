"""Which neighbours in a ranking of systems can be told apart?

A table invites to be read as a ranking, though systems that stand next to each other in one might change
places with other queries or seeds.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from switchrank.statistics.comparison import Measured, averages, compare
from switchrank.statistics.family import AVERAGE, family

COLUMNS = [
    "group", "rank", "system", "mean", "next_system", "difference", "interval_low", "interval_high", "p",
    "p_holm", "detectable",
]  # fmt: skip


def neighbours(measured: Mapping[str, Measured], groups: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Rank the systems that have a group's average by it, and compare each with the next one.

    `measured` (system → pair → values) is of one metric; systems with the same average stay in its order.

    Returns:
        COLUMNS, a row for each two neighbours: `rank` and `mean` are of the better one; figures are × 100; p
        as of comparison.compare, `p_holm` corrected over the neighbours of the group.
    """
    tests, means = [], []
    for group, pairs in groups.items():
        averaged = {system: averages(by_pair, {group: pairs}) for system, by_pair in measured.items()}
        of_group = {system: by_group[group] for system, by_group in averaged.items() if by_group}
        reached = {system: float(values.to_numpy().mean()) for system, values in of_group.items()}
        following = dict(pairwise(sorted(reached, key=reached.get, reverse=True)))
        compared = compare(of_group, {system: of_group[after] for system, after in following.items()})
        for system, after in following.items():
            tests.append((group, system, after, AVERAGE, len(of_group[system]), compared[system]))
            means.append(100 * reached[system])
    frame = family(tests).rename(columns={"family": "group", "reference": "next_system"}).assign(mean=means)
    return frame.assign(rank=frame.groupby("group").cumcount() + 1)[COLUMNS]
