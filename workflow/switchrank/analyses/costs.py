"""What systems and stages take, from the times that Snakemake took of their jobs."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.files import read_csv, reading

TIMES = ("lexicons", "data", "training", "translation", "ranking")


def by_system(systems: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """What each system takes; what several share (a lexicon, a model) counts in full for each of them.

    Of each system are given: pairs (how many), of (how many it can have), ranked (how many its ranking jobs
    did; its pairs take their share of that time), by_pair (whether it has a model for each), models (the
    files of one seed), and TIMES: paths of benchmarks, or these by seed, of the same seeds each.

    Columns system, pairs, of, by_pair, models (their number), megabytes (of them), TIMES in seconds (NaN: a
    benchmark is missing), where given by seed the mean over seeds, and spread: the standard deviation over
    seeds of all such times together (NaN: a single seed).
    """
    rows = []
    for system, plan in systems.items():
        megabytes = sum(Path(path).stat().st_size for path in plan["models"]) / 1e6
        row = {
            "system": system,
            "pairs": plan["pairs"],
            "of": plan["of"],
            "by_pair": plan["by_pair"],
            "models": len(plan["models"]),
            "megabytes": megabytes,
        }
        by_seed, shares = {}, {"ranking": plan["pairs"] / plan["ranked"]}
        for name in TIMES:
            if isinstance(plan[name], Mapping):
                times = pd.Series({seed: _seconds(paths) for seed, paths in plan[name].items()})
                by_seed[name] = times * shares.get(name, 1)
                row[name] = by_seed[name].mean(skipna=False)
            else:
                row[name] = _seconds(plan[name])
        rows.append(row | {"spread": pd.DataFrame(by_seed).sum(axis=1, skipna=False).std(skipna=False)})
    return pd.DataFrame(rows)


def by_stage(stages: Mapping[str, Sequence[str | Path]]) -> pd.DataFrame:
    """What all jobs of each stage (→ paths of benchmarks; one that is missing does not count) take together.

    Columns stage, jobs (how many were measured), seconds (sum), longest (seconds of one job), rss (MiB, the
    largest of one job; NaN if never measured); dearest first. A stage without benchmarks is left out.
    """
    rows = []
    for stage, paths in stages.items():
        jobs = [job for path in paths if (job := _read(path)) is not None]
        if jobs:
            table = pd.concat(jobs, ignore_index=True)
            seconds = table["s"].fillna(0.0)
            rows.append([stage, len(table), seconds.sum(), seconds.max(), table["max_rss"].max()])
    table = pd.DataFrame(rows, columns=["stage", "jobs", "seconds", "longest", "rss"])
    return table.sort_values(["seconds", "stage"], ascending=[False, True], ignore_index=True)


def _seconds(paths: Sequence[str | Path]) -> float:
    """What jobs took together."""
    jobs = map(_read, paths)
    return sum((math.nan if job is None else job["s"].mean() for job in jobs), 0.0)


def _read(benchmark: str | Path) -> pd.DataFrame | None:
    if not Path(benchmark).is_file():
        return None
    measured = read_csv(benchmark, separator="\t")
    with reading(benchmark):
        _check_whole(Path(benchmark).read_text(encoding="utf-8"))
        numbers = measured[["s", "max_rss"]].replace(["NA", "-"], "")  # of a job too short to be measured
        return numbers.apply(pd.to_numeric)


def _check_whole(text: str) -> None:
    """Refuse a benchmark that was cut: a shorter number would still be one."""
    lines = text.splitlines(keepends=True)
    columns = lines[0].count("\t")
    if len(lines) < 2 or not all(line.endswith("\n") and line.count("\t") == columns for line in lines):
        raise ValueError("found a line that was cut, expected lines with all columns")
