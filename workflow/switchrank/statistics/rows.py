"""Cells as rows of frames: all that they say, or every metric of theirs."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.statistics.family import AVERAGE

Cells = Mapping[str, Mapping[str, Mapping[str, Any]]]  # system → pair or group → cell
METRIC_COLUMNS = [
    "system", "column", "metric", "mean", "interval_low", "interval_high",
    "reference", "difference", "difference_low", "difference_high",
]  # fmt: skip


def all_cells(cells: Cells) -> pd.DataFrame:
    """A row for each cell: its keys as columns, `name` being the pair or group.

    What is itself a mapping becomes columns joined by dots (interval.low, distinct.mean, provenance.ranker),
    but `per_seed`, `versus` and `metrics`, whose keys differ from cell to cell, become lists of records.
    The files and downloads that a cell was made of are left out.
    """
    return pd.DataFrame([_row(name, cell) for by_name in cells.values() for name, cell in by_name.items()])


def metric_table(cells: Cells, references: Mapping[str, str | None]) -> pd.DataFrame:
    """METRIC_COLUMNS, a row for each cell and metric, the leading one first.

    `column` is the pair, or AVERAGE; figures are × 100, missing where there is no reference.
    """
    rows = []
    for system, by_name in cells.items():
        reference = references.get(system)
        for name, cell in by_name.items():
            for metric, figures in [(cell["metric"], cell), *cell["metrics"].items()]:
                points = [figures["mean"], *figures["interval"]]
                versus = figures["versus"].get(reference)
                gain = [versus["difference"], *versus["interval"]] if versus else []
                head = [system, AVERAGE if "pairs" in cell else name, metric, *(100 * p for p in points)]
                rows.append([*head, reference, *(100 * p for p in gain)] if gain else [*head, *[None] * 4])
    return pd.DataFrame(rows, columns=METRIC_COLUMNS)


def _row(name: str, cell: Mapping[str, Any]) -> dict[str, Any]:
    apart = ("per_seed", "versus", "metrics", "provenance")
    plain = {key: value for key, value in cell.items() if key not in apart}
    origin = {key: value for key, value in cell["provenance"].items() if key not in ("inputs", "data")}
    return {
        "name": name,
        **_columns({**plain, "provenance": origin}),
        "per_seed": [{"seed": int(seed), "mean": mean} for seed, mean in cell["per_seed"].items()],
        "versus": [{"system": system, **_columns(versus)} for system, versus in cell["versus"].items()],
        "metrics": [
            {"metric": metric, **_columns({key: figures[key] for key in ("mean", "interval")})}
            for metric, figures in cell["metrics"].items()
        ],
    }


def _columns(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What mappings hold under keys joined by dots, and the two ends of the interval last."""
    low, high = figures["interval"]
    others = {key: value for key, value in figures.items() if key != "interval"}
    return _flat(others) | {"interval.low": low, "interval.high": high}


def _flat(mapping: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat = {}
    for key, value in mapping.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, Mapping) else {before + key: value}
    return flat
