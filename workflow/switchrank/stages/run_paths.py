"""What a run is of, from its path: …/{system}/seed{seed}/{pair}.parquet."""

from collections.abc import Iterable
from pathlib import Path

Runs = dict[str, dict[str, dict[str, Path]]]  # system → seed → pair → path


def arranged(paths: Iterable[str]) -> Runs:
    """Arrange the paths of runs by system, seed and pair, each in the order in which they come."""
    runs: Runs = {}
    for path in map(Path, paths):
        system, seed = path.parents[1].name, path.parent.name.removeprefix("seed")
        runs.setdefault(system, {}).setdefault(seed, {})[path.stem] = path
    return runs
