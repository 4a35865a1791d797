"""Every metric of a group's cells, as rows."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from switchrank.statistics.family import AVERAGE

COLUMNS = [
    "system", "column", "metric", "mean", "interval_low", "interval_high",
    "reference", "difference", "difference_low", "difference_high",
]  # fmt: skip


def metric_table(
    cells: Mapping[str, Mapping[str, Mapping[str, Any]]], references: Mapping[str, str | None]
) -> pd.DataFrame:
    """A row for each cell and metric, the leading one first.

    Args:
        cells: system → pair or group → cell.
        references: system → the system that it is compared with.

    Returns:
        COLUMNS; `column` is the pair, or AVERAGE; figures × 100, missing where there is no reference.
    """
    rows = [
        _row(system, AVERAGE if "pairs" in cell else name, metric, figures, references.get(system))
        for system, by_name in cells.items()
        for name, cell in by_name.items()
        for metric, figures in [(cell["metric"], cell), *cell["metrics"].items()]
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(
    system: str, column: str, metric: str, figures: Mapping[str, Any], reference: str | None
) -> list[str | float | None]:
    versus = figures["versus"].get(reference)
    compared = [reference, *_points(versus["difference"], *versus["interval"])] if versus else [None] * 4
    return [system, column, metric, *_points(figures["mean"], *figures["interval"]), *compared]


def _points(*values: float) -> Iterable[float]:
    return (100 * value for value in values)
