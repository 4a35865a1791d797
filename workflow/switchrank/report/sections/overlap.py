"""What token overlap has to do with the scores."""

from typing import Any

import numpy as np
import pandas as pd

from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs, group_name
from switchrank.report.plots.dots import dots
from switchrank.statistics.significance import bootstrap_interval

TITLE = NAV = "Token overlap"
_SETTINGS = ("moir", "clir", "mlir")
_OVERLAPS = {
    "overlap_relevant": "relevant passage",
    "overlap_top10": "ten best others",
    "overlap_rest": "all other candidates",
}


def section(inputs: Inputs) -> dict[str, Any] | None:
    """Correlation of score with overlap by setting, and the overlap of passages by how they are ranked."""
    if inputs.overlap is None:
        return None
    settings = {pair: inputs.pairs[pair].setting for pair in inputs.overlap["pair"].unique()}
    frame = inputs.overlap.assign(setting=inputs.overlap["pair"].map(settings))
    parts = {key: part for key, part in frame.groupby(["system", "setting"], sort=False)}
    shown = [setting for setting in _SETTINGS if setting in settings.values()]
    correlations: dict[str, dict[str, Estimate | None]] = {}
    overlaps = {}
    for setting in shown:
        name, rows = group_name(setting), {}
        for system in inputs.systems:
            if (part := parts.get((system, setting))) is not None:
                rows[system] = {label: _mean(part, column) for column, label in _OVERLAPS.items()}
                correlations.setdefault(system, {})[name] = _mean(part, "correlation")
        overlaps[name] = _dots(f"share of the query's pieces in the passage, {name}", rows)
    correlations = {system: correlations[system] for system in inputs.systems if system in correlations}
    counts = frame.groupby("system")["pair"].nunique()
    return {
        "correlations": _dots("correlation of score with token overlap", correlations),
        "overlaps": overlaps,
        "fewer_pairs": counts[counts < counts.max()].to_dict(),
    }


def _dots(label: str, rows: dict[str, dict[str, Estimate | None]]) -> str | None:
    """The estimates that exist, drawn; None if there are none."""
    known = {name: {series: e for series, e in row.items() if e} for name, row in rows.items()}
    known = {name: row for name, row in known.items() if row}
    return dots(label, known, zero=0) if known else None


def _mean(part: pd.DataFrame, column: str) -> Estimate | None:
    """The mean over queries, of each query's mean over its pairs, with a 95 % bootstrap interval."""
    values = part.groupby("query_id")[column].mean().dropna().sort_index().to_numpy()
    if len(values) < 2:
        return None
    if np.ptp(values) == 0:
        return Estimate(*[float(values[0])] * 3)
    return Estimate(float(values.mean()), *bootstrap_interval(values))
