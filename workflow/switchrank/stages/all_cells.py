"""All cells in one table."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from switchrank.files import read_json, write_parquet


def gather_cells(cells: Mapping[str, Sequence[Path]], parquet: Path) -> None:
    """Write a row for each cell: its keys as columns, `name` being the pair or group.

    What is itself a mapping becomes columns joined by dots (interval.low, distinct.mean, provenance.ranker),
    but `per_seed` and `versus`, whose keys differ from cell to cell: they are lists of records.

    Args:
        cells: system → its cells.
        parquet: file to write.
    """
    rows = []
    for paths in cells.values():
        for path in paths:
            cell = read_json(path)
            per_seed, versus = cell.pop("per_seed"), cell.pop("versus")
            low, high = cell.pop("interval")
            row = {"name": path.stem} | _flat(cell) | {"interval.low": low, "interval.high": high}
            row["per_seed"] = [{"seed": int(seed), "mean": mean} for seed, mean in per_seed.items()]
            row["versus"] = [{"system": name, **_compared(other)} for name, other in versus.items()]
            rows.append(row)
    write_parquet(parquet, pd.DataFrame(rows))


def _compared(versus: Mapping) -> dict:
    low, high = versus["interval"]
    kept = {key: value for key, value in versus.items() if key != "interval"}
    return {**_flat(kept), "interval.low": low, "interval.high": high}


def _flat(mapping: Mapping, before: str = "") -> dict:
    flat = {}
    for key, value in mapping.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, Mapping) else {before + key: value}
    return flat
