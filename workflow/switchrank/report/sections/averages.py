"""The average of each system over each group of pairs, in all metrics."""

from collections.abc import Mapping
from typing import Any

from switchrank.report.entries import BLANK, Entry, percent, table, with_interval
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Cell, Inputs

TITLE = NAV = "Averages"


def section(inputs: Inputs) -> dict[str, Any]:
    """A row per system: the leading metric with its errors, and without shared names; the other metrics."""
    columns = [name for group in inputs.groups.values() for name in (group, "distinct")]
    metrics = [metric for metric in inputs.config["metrics"] if metric != inputs.metric]
    rows = [
        [Entry(system), *(entry for group in inputs.groups for entry in _leading(cells.get(group)))]
        for system, cells in inputs.cells.items()
    ]
    return {
        "leading": table(["system", *columns], rows),
        "others": _others(inputs, metrics) if metrics else None,
        "metrics": metrics,
    }


def _leading(cell: Cell | None) -> list[Entry]:
    if cell is None:
        return [BLANK, BLANK]
    error = cell["standard_error"]
    apart = f"s.e. {100 * error['queries']:.2f}"
    apart += "" if error["seeds"] is None else f" · {100 * error['seeds']:.2f}"
    entry = _with_interval(cell)
    entry = entry._replace(small=(*entry.small, apart), style="strong edge")
    return [entry, percent(cell["distinct"]["mean"])]


def _others(inputs: Inputs, metrics: list[str]) -> dict[str, Any]:
    columns = [(group, metric) for group in inputs.groups for metric in metrics]
    rows = [
        [
            Entry(system),
            *(_with_interval(cells[g]["metrics"][m]) if g in cells else BLANK for g, m in columns),
        ]
        for system, cells in inputs.cells.items()
    ]
    return table(["system", *(f"{inputs.groups[group]} {metric}" for group, metric in columns)], rows)


def _with_interval(figures: Mapping[str, Any]) -> Entry:
    return with_interval(Estimate.of(figures["mean"], figures["interval"]))
