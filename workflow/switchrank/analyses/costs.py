"""What systems and stages take, from the times that Snakemake took of their jobs."""

import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

TIMES = ("lexicons", "data", "training", "translation", "ranking")
_OF_SEEDS = ("training", "ranking")


def by_system(systems: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """What each system takes.

    What several systems share (a lexicon, a model) counts in full for each of them.

    Args:
        systems: system → pairs (how many it has), seeds (how many), models (the files of one seed), and
            TIMES: paths of benchmarks; of training and ranking those of all seeds.

    Returns:
        columns system, pairs, models (their number), megabytes (of them), TIMES in seconds, of training and
        ranking for one seed, the mean over seeds. NaN is what no benchmark tells.
    """
    rows = []
    for system, plan in systems.items():
        seconds = {name: _seconds(plan[name]) for name in TIMES}
        seconds |= {name: seconds[name] / plan["seeds"] for name in _OF_SEEDS}
        megabytes = sum(Path(path).stat().st_size for path in plan["models"]) / 1e6
        head = {"system": system, "pairs": plan["pairs"], "models": len(plan["models"])}
        rows.append(head | {"megabytes": megabytes} | seconds)
    return pd.DataFrame(rows)


def by_stage(stages: Mapping[str, Sequence[str | Path]]) -> pd.DataFrame:
    """What all jobs of each stage take together.

    Args:
        stages: stage → paths of benchmarks; one that is missing does not count.

    Returns:
        columns stage, jobs (how many were measured), seconds (sum), longest (seconds of one job), rss (MiB,
        the largest of one job; NaN if never measured); dearest first. A stage without benchmarks is left out.
    """
    rows = []
    for stage, paths in stages.items():
        jobs = [_read(path) for path in map(Path, paths) if path.is_file()]
        if jobs:
            table = pd.concat(jobs, ignore_index=True)
            seconds = table["s"].fillna(0.0)
            figures = {"seconds": seconds.sum(), "longest": seconds.max(), "rss": table["max_rss"].max()}
            rows.append({"stage": stage, "jobs": len(table), **figures})
    table = pd.DataFrame(rows, columns=["stage", "jobs", "seconds", "longest", "rss"])
    return table.sort_values(["seconds", "stage"], ascending=[False, True], ignore_index=True)


def _seconds(benchmarks: Iterable[str | Path]) -> float:
    """The sum; NaN if one is missing."""
    paths = map(Path, benchmarks)
    return sum((_read(path)["s"].mean() if path.is_file() else math.nan for path in paths), 0.0)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", na_values=["NA", "-"])  # of a job too short to be measured
