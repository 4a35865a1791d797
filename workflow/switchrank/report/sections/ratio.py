"""What each ratio and mode of code-switching gains."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.report.entries import Entry, figure, table
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs
from switchrank.report.plots.lines import Mark, lines
from switchrank.report.sections.gains import gain_columns, gain_entries

TITLE, NAV = "How much to switch", "Ratio"
_ORDER = {"–": 0, "static": 1}  # plain text, then the paper's mode, then others
_REALISED = ("realised_query", "realised_passage", "realised")


def section(inputs: Inputs) -> dict[str, Any] | None:
    """The gain over the nominal and over the realised ratio, drawn, and a row for each system."""
    if inputs.ratio is None:
        return None
    drawn = []
    for column, label in (("ratio", "nominal ratio"), ("realised", "realised ratio")):
        marks = {name: _marks(inputs, group, column) for group, name in inputs.groups.items()}
        if any(len(line) > 1 for line in marks.values()):
            gain = f"gain on {inputs.reference}, points of {inputs.metric} × 100"
            drawn.append(lines(marks, label, gain))
    return {"figures": drawn, "table": _table(inputs)}


def _table(inputs: Inputs) -> dict[str, Any]:
    ordered = sorted(inputs.ratio.to_dict("records"), key=lambda row: _ORDER.get(_mode(row), len(_ORDER)))
    rows = [
        [
            Entry(row["system"]),
            Entry(_mode(row)),
            figure(row["ratio"], 2),
            *(figure(row[name], 3) for name in _REALISED),
            *gain_entries(row, inputs),
        ]
        for row in ordered
    ]
    head = ["system", "mode", "nominal", "realised, queries", "realised, passages", "realised"]
    return table([*head, *gain_columns(inputs)], rows)


def _mode(row: Mapping[str, Any]) -> str:
    """How a system switches: its mode, and whether stop words stay."""
    mode = row["mode"]
    if not row["stop_words"]:
        return "no stop words" if mode == "static" else f"{mode}, no stop words"
    return "–" if mode == "none" else mode


def _marks(inputs: Inputs, group: str, column: str) -> list[Mark]:
    """The first system at each ratio makes the line, the treatment before others; modes stand beside it."""
    marks, taken = [], set()
    first = (inputs.treatment, inputs.reference)
    for row in sorted(inputs.ratio.to_dict("records"), key=lambda row: row["system"] not in first):
        if row["system"] == inputs.reference:
            marks.append(Mark(0.0, Estimate(0.0, 0.0, 0.0), row["system"]))
            taken.add(row["ratio"])
        elif not pd.isna(row[f"{group} gain"]):
            gain = Estimate(*(row[f"{group} gain{end}"] for end in ("", " low", " high")))
            mode = _mode(row)
            apart = mode if mode != "static" else row["system"] if row["ratio"] in taken else ""
            taken |= set() if apart else {row["ratio"]}
            marks.append(Mark(row[column], gain, row["system"], apart))
    return marks
