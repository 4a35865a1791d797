"""What the jobs cost, by stage and by system, from Snakemake's benchmarks and the models' files."""

from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.report.text import BLANK, Entry, figure, table

_ABOUT = ("system", "pairs", "models", "megabytes")  # all other columns are seconds
_UNMEASURED = ["NA", "-"]  # what a benchmark holds for a job too short to be measured


def by_stage(folder: Path) -> list[dict[str, Any]]:
    """Sum up the benchmarks by stage, dearest first.

    Args:
        folder: holds {stage}.tsv or {stage}/….tsv.

    Returns:
        stage, jobs, seconds (sum), longest (seconds of one job), rss (MiB, the largest of one job; NaN if
        never measured).
    """
    stages: dict[str, list[pd.DataFrame]] = {}
    for path in sorted(folder.glob("**/*.tsv")):
        stage = path.relative_to(folder).parts[0].removesuffix(".tsv")
        stages.setdefault(stage, []).append(_read(path))
    rows = []
    for stage, frames in stages.items():
        jobs = pd.concat(frames, ignore_index=True)
        seconds, rss = jobs["s"].fillna(0), jobs["max_rss"].max()
        figures = {"seconds": float(seconds.sum()), "longest": float(seconds.max()), "rss": float(rss)}
        rows.append({"stage": stage, "jobs": len(jobs), **figures})
    return sorted(rows, key=lambda row: (-row["seconds"], row["stage"]))


def by_system(frame: pd.DataFrame) -> dict[str, Any]:
    """What each system takes, as stages.costs wrote it."""
    times = [column for column in frame if column not in _ABOUT]
    rows = []
    for row in frame.to_dict("records"):
        models = int(row["models"])
        count = Entry(f"{models:,}", sort=float(models)) if models else BLANK
        size = figure(row["megabytes"], 2) if models else BLANK
        took = [figure(row[name]) if row[name] else BLANK for name in times]
        pairs = Entry(f"{row['pairs']:,}", sort=float(row["pairs"]))
        rows.append([Entry(row["system"]), pairs, *took, count, size])
    return table(["system", "pairs", *(f"{name}, s" for name in times), "models", "their size, MB"], rows)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, sep="\t", na_values=_UNMEASURED)
