"""What each system takes, from the times that Snakemake took of its jobs."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.files import write_text

TIMES = ("lexicons", "data", "training", "translation", "ranking")
_OF_SEEDS = ("training", "ranking")
_UNMEASURED = ["NA", "-"]  # what a benchmark holds for a job too short to be measured


def measure_costs(plans: Mapping[str, Mapping[str, Any]], output: Path) -> None:
    """Write the costs of the systems.

    What several systems share (a lexicon, a model) counts in full for each of them.

    Args:
        plans: system → pairs (how many it has), seeds (how many), models (the files of one seed), and TIMES:
            paths of benchmarks; of training and ranking those of all seeds.
        output: CSV to write: system, pairs, models (their number), megabytes (of them), TIMES in seconds, of
            training and ranking for one seed, the mean over seeds. Blank is what no benchmark tells.
    """
    rows = []
    for system, plan in plans.items():
        seconds = {name: _seconds(plan[name]) for name in TIMES}
        seconds |= {name: seconds[name] / plan["seeds"] for name in _OF_SEEDS}
        models = [Path(path) for path in plan["models"]]
        megabytes = sum(path.stat().st_size for path in models) / 1e6
        head = {"system": system, "pairs": plan["pairs"], "models": len(models), "megabytes": megabytes}
        rows.append(head | seconds)
    write_text(output, pd.DataFrame(rows).to_csv(index=False, float_format="%.6g", lineterminator="\n"))


def _seconds(benchmarks: Sequence[str]) -> float:
    """The sum; NaN if one is missing."""
    return sum(_read(Path(path)) for path in benchmarks)


def _read(path: Path) -> float:
    if not path.is_file():
        return math.nan
    return float(pd.read_csv(path, sep="\t", na_values=_UNMEASURED)["s"].mean())
