"""What switching gains: by its ratio and mode, and by the quality of its lexicon."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.report.estimates import Entry, Estimate, count, figure, percent, table, with_interval
from switchrank.report.inputs import Inputs
from switchrank.report.plots.lines import Mark, lines

_ORDER = {"–": 0, "static": 1}  # plain text, then the paper's mode, then others
_REALISED = {
    "realised_query": "realised, queries",
    "realised_passage": "realised, passages",
    "realised": "realised",
}
_SHARES = {
    "precision_at_1": "precision@1, %",
    "coverage": "coverage, %",
    "coverage_of_training_words": "coverage of training words, %",
}


def ratio(inputs: Inputs) -> dict[str, Any] | None:
    """The gain over the nominal and over the realised ratio, drawn, and a row for each system."""
    if inputs.ratio is None:
        return None
    drawn = []
    for column, label in (("ratio", "nominal ratio"), ("realised", "realised ratio")):
        marks = {name: _marks(inputs, group, column) for group, name in inputs.groups.items()}
        if any(len(line) > 1 for line in marks.values()):
            drawn.append(lines(marks, label, f"gain on {inputs.reference}, points of {inputs.metric} × 100"))
    ordered = sorted(inputs.ratio.to_dict("records"), key=lambda row: _ORDER.get(_mode(row), len(_ORDER)))
    rows = [
        [
            row["system"],
            _mode(row),
            figure(row["ratio"], 2),
            *(figure(row[name], 3) for name in _REALISED),
            *_gain_entries(row, inputs),
        ]
        for row in ordered
    ]
    columns = ["system", "mode", "nominal", *_REALISED.values(), *_gain_columns(inputs)]
    return {"figures": drawn, "table": table(columns, rows)}


def lexicons(inputs: Inputs) -> dict[str, Any] | None:
    """The quality of each lexicon beside what retrieval makes of it, a row for each system with a lexicon."""
    if inputs.lexicon_table is None:
        return None
    rows = [
        [
            *(row[name] for name in ("system", "lexicon", "method")),
            count(row["words"]),
            *(percent(row[name]) for name in _SHARES),
            figure(row["realised"], 3),
            *_gain_entries(row, inputs),
        ]
        for row in inputs.lexicon_table.to_dict("records")
    ]
    head = ["system", "lexicon", "method", "words", *_SHARES.values(), "realised ratio"]
    return {"table": table([*head, *_gain_columns(inputs)], rows)}


def _mode(row: Mapping[str, Any]) -> str:
    """How a system switches: its mode, and whether stop words stay."""
    mode = row["mode"]
    if not row["stop_words"]:
        return "no stop words" if mode == "static" else f"{mode}, no stop words"
    return "–" if mode == "none" else mode


def _marks(inputs: Inputs, group: str, column: str) -> list[Mark]:
    """The first system at each ratio makes the line, the treatment before others; modes are beside it."""
    marks, taken = [], set()
    first = (inputs.treatment, inputs.reference)
    for row in sorted(inputs.ratio.to_dict("records"), key=lambda row: row["system"] not in first):
        if row["system"] == inputs.reference:
            marks.append(Mark(0.0, Estimate(0.0, 0.0, 0.0), row["system"]))
            taken.add(row["ratio"])
        elif not pd.isna(row[f"{group} gain"]):
            mode = _mode(row)
            apart = mode if mode != "static" else row["system"] if row["ratio"] in taken else ""
            taken |= set() if apart else {row["ratio"]}
            marks.append(Mark(row[column], _estimate(row, f"{group} gain"), row["system"], apart))
    return marks


def _gain_columns(inputs: Inputs) -> list[str]:
    return [heading for name in inputs.groups.values() for heading in (name, "gain")]


def _gain_entries(row: Mapping[str, Any], inputs: Inputs) -> list[Entry]:
    """Each group's average and its gain, from a row of analyses.variants."""
    return [
        with_interval(_estimate(row, name), sign)
        for group in inputs.groups
        for name, sign in ((group, False), (f"{group} gain", True))
    ]


def _estimate(row: Mapping[str, Any], name: str) -> Estimate:
    return Estimate(row[name], row[f"{name} low"], row[f"{name} high"])
