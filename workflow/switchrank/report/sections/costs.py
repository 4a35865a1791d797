"""What the jobs took, by system and by stage."""

from typing import Any

import pandas as pd

from switchrank.report.entries import BLANK, Entry, count, figure, table
from switchrank.report.inputs import Inputs

TITLE = NAV = "Costs"
_ABOUT = ("system", "pairs", "models", "megabytes")  # all other columns are seconds


def section(inputs: Inputs) -> dict[str, Any] | None:
    """A row for each system, and one for each stage, as they come."""
    if inputs.costs is None and inputs.stages is None:
        return None
    return {
        "systems": None if inputs.costs is None else _systems(inputs.costs),
        "stages": None if inputs.stages is None else _stages(inputs.stages),
    }


def _systems(frame: pd.DataFrame) -> dict[str, Any]:
    times = [column for column in frame if column not in _ABOUT]
    rows = [
        [
            Entry(row["system"]),
            count(row["pairs"]),
            *(figure(row[name]) if row[name] else BLANK for name in times),
            *([count(row["models"]), figure(row["megabytes"], 2)] if row["models"] else [BLANK, BLANK]),
        ]
        for row in frame.to_dict("records")
    ]
    return table(["system", "pairs", *(f"{name}, s" for name in times), "models", "their size, MB"], rows)


def _stages(frame: pd.DataFrame) -> dict[str, Any]:
    dearest = max(frame["seconds"].max(), 0.001)
    rows = [
        {"stage": row["stage"], "jobs": count(row["jobs"]), "memory": count(row["rss"])}
        | {name: _seconds(row[name]) for name in ("seconds", "longest")}
        | {"share": row["seconds"] / dearest}
        for row in frame.to_dict("records")
    ]
    return {"rows": rows, "jobs": count(frame["jobs"].sum()), "seconds": _seconds(frame["seconds"].sum())}


def _seconds(value: float) -> Entry:
    return Entry(f"{value:,.1f}", sort=float(value))
