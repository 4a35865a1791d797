"""The report's figures, from cells and training logs."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from switchrank import plots
from switchrank.languages import MIXED, parse_pair

GROUPS = {"moir": "MoIR", "clir": "CLIR", "mlir": "MLIR"}  # groups of other names are called by their name
Cells = Mapping[str, Mapping[str, Mapping[str, Any]]]  # system → pair or group → cell


def heatmaps(cells: Cells, pairs: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """One heat map per system on one scale; languages trained on, others and mixed sides in blocks."""
    seen, others, mixed = [], [], []
    for group, members in pairs.items():
        for side in (side for pair in members for side in parse_pair(pair)):
            block = mixed if side in MIXED else others if group == "unseen" else seen
            if side not in seen + others + mixed:
                block.append(side)
    own = {s: {name: cell for name, cell in named.items() if is_pair(cell)} for s, named in cells.items()}
    most = max(cell["mean"] for named in own.values() for cell in named.values())
    highest = max(10, 10 * math.ceil(10 * most))
    blocks = [block for block in (seen, others, mixed) if block]
    maps = {system: plots.heatmap(system, named, blocks, highest) for system, named in own.items()}
    return {"scale": plots.colour_scale(highest), "maps": maps}


def is_pair(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is of one pair, not an average."""
    return "query_language" in cell


def forest(
    cells: Cells, compared: tuple[str, str], pairs: Mapping[str, Sequence[str]], groups: Sequence[str]
) -> str | None:
    """The differences of one system from another; None where they were not compared."""
    treatment, reference = compared
    rows: dict[str, list[plots.Difference]] = {}
    for group in groups:
        named = {**{pair: pair for pair in pairs[group]}, group: "average"}
        found = {label: cells.get(treatment, {}).get(name) for name, label in named.items()}
        versus = {label: cell["versus"].get(reference) for label, cell in found.items() if cell}
        if any(versus.values()):
            rows[GROUPS.get(group, group)] = [difference(*item) for item in versus.items() if item[1]]
    return plots.forest(f"{treatment} − {reference}, points of MRR@10 × 100", rows) if rows else None


def difference(label: str, versus: Mapping[str, Any]) -> plots.Difference:
    """A cell's comparison with another system, as a row of the forest plot."""
    low, high = (100 * end for end in versus["interval"])
    return plots.Difference(label, 100 * versus["difference"], (low, high), label == "average")


def curves(logs: Mapping[str, Mapping[str, pd.DataFrame]]) -> list[str]:
    """Learning curves of system → seed → log; what no log has is left out."""
    shown = []
    for column, factor, label in (("dev_mrr", 100, "MRR@10 × 100 on dev"), ("loss", 1, "training loss")):
        series = {
            name: {seed: factor * log[column].dropna() for seed, log in seeds.items() if log[column].count()}
            for name, seeds in logs.items()
        }
        if any(series.values()):
            shown.append(plots.curves({name: seeds for name, seeds in series.items() if seeds}, label))
    return shown
