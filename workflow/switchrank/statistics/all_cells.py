"""All cells as rows of one frame."""

from collections.abc import Mapping
from typing import Any

import pandas as pd


def all_cells(cells: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> pd.DataFrame:
    """A row for each cell: its keys as columns, `name` being the pair or group.

    What is itself a mapping becomes columns joined by dots (interval.low, distinct.mean, provenance.ranker),
    but `per_seed`, `versus` and `metrics`, whose keys differ from cell to cell: they are lists of records.
    The files and downloads that a cell was made of stay in the cell alone.

    Args:
        cells: system → pair or group → cell.
    """
    return pd.DataFrame([_row(name, cell) for by_name in cells.values() for name, cell in by_name.items()])


def _row(name: str, cell: Mapping[str, Any]) -> dict[str, Any]:
    apart = {"interval", "per_seed", "versus", "metrics", "provenance"}
    origin = {key: value for key, value in cell["provenance"].items() if key not in ("inputs", "data")}
    return {
        "name": name,
        **_flat({key: value for key, value in cell.items() if key not in apart} | {"provenance": origin}),
        **_ends(cell["interval"]),
        "per_seed": [{"seed": int(seed), "mean": mean} for seed, mean in cell["per_seed"].items()],
        "versus": [
            {
                "system": system,
                **_flat({key: value for key, value in versus.items() if key != "interval"}),
                **_ends(versus["interval"]),
            }
            for system, versus in cell["versus"].items()
        ],
        "metrics": [
            {"metric": metric, "mean": figures["mean"], **_ends(figures["interval"])}
            for metric, figures in cell["metrics"].items()
        ],
    }


def _ends(interval: tuple[float, float]) -> dict[str, float]:
    return dict(zip(("interval.low", "interval.high"), interval, strict=True))


def _flat(mapping: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat = {}
    for key, value in mapping.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, Mapping) else {before + key: value}
    return flat
