"""What switching gains: by its ratio and mode, and by the quality of its lexicon."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import pandas as pd

from switchrank.report.estimates import Entry, Estimate, count, entry, figure, percent, table, with_interval
from switchrank.report.inputs import Inputs
from switchrank.report.plots.lines import Mark, lines

_ORDER = {"–": 0, "static": 1}  # plain text, then the paper's mode, then others
_share = partial(figure, decimals=3)
# Columns of analyses.variants: what the page calls them, and how their values are written.
Columns = Mapping[str, tuple[str, Callable[[Any], Entry]]]
_RATIOS: Columns = {
    "system": ("system", entry),
    "mode": ("mode", entry),
    "ratio": ("nominal", partial(figure, decimals=2)),
    "realised_query": ("realised, queries", _share),
    "realised_passage": ("realised, passages", _share),
    "realised": ("realised", _share),
}
_LEXICONS: Columns = {
    "system": ("system", entry),
    "lexicon": ("lexicon", entry),
    "method": ("method", entry),
    "words": ("words", count),
    "precision_at_1": ("precision@1, %", percent),
    "coverage": ("coverage, %", percent),
    "coverage_of_training_words": ("coverage of training words, %", percent),
    "realised": ("realised ratio", _share),
}


def ratio(inputs: Inputs) -> dict[str, Any] | None:
    """The gain over the nominal and over the realised ratio, drawn, and a row for each system."""
    if inputs.ratio is None:
        return None
    drawn = []
    for column, label in (("ratio", "nominal ratio"), ("realised", "realised ratio")):
        marks = {name: _marks(inputs, group, column) for group, name in inputs.groups.items()}
        if any(len(line) > 1 for line in marks.values()):
            drawn.append(
                lines(marks, label, f"gain on {inputs.main_reference}, points of {inputs.metric} × 100")
            )
    frame = inputs.ratio.assign(mode=inputs.ratio.apply(_mode, axis=1))
    frame = frame.sort_values("mode", kind="stable", key=lambda modes: modes.map(_ORDER).fillna(len(_ORDER)))
    return {"figures": drawn, "table": _table(inputs, frame, _RATIOS)}


def lexicons(inputs: Inputs) -> dict[str, Any] | None:
    """The quality of each lexicon beside what retrieval makes of it, a row for each system with a lexicon."""
    if inputs.lexicon_table is None:
        return None
    return {"table": _table(inputs, inputs.lexicon_table, _LEXICONS)}


def _mode(row: Mapping[str, Any]) -> str:
    """How a system switches: its mode, and whether stop words stay."""
    mode = row["mode"]
    if not row["stop_words"]:
        return "no stop words" if mode == "static" else f"{mode}, no stop words"
    return "–" if mode == "none" else mode


def _marks(inputs: Inputs, group: str, column: str) -> list[Mark]:
    """The first system at each ratio makes the line, the treatment before others; modes are beside it."""
    marks, taken = [], set()
    first = (inputs.main, inputs.main_reference)
    for row in sorted(inputs.ratio.to_dict("records"), key=lambda row: row["system"] not in first):
        if row["system"] == inputs.main_reference:
            marks.append(Mark(0.0, Estimate(0.0, 0.0, 0.0), row["system"]))
            taken.add(row["ratio"])
        elif not pd.isna(row[f"{group} gain"]):
            mode = _mode(row)
            apart = mode if mode != "static" else row["system"] if row["ratio"] in taken else ""
            taken |= set() if apart else {row["ratio"]}
            marks.append(Mark(row[column], _estimate(row, f"{group} gain"), row["system"], apart))
    return marks


def _table(inputs: Inputs, frame: pd.DataFrame, columns: Columns) -> dict[str, Any]:
    """A table of these columns, of each group's average, and of its gain."""
    entries = [(heading, map(write, frame[key])) for key, (heading, write) in columns.items()]
    rows = frame.to_dict("records")
    for group, name in inputs.groups.items():
        for heading, key, sign in ((name, group, False), ("gain", f"{group} gain", True)):
            entries.append((heading, [with_interval(_estimate(row, key), sign) for row in rows]))
    headings, filled = zip(*entries, strict=True)
    return table(headings, zip(*filled, strict=True))


def _estimate(row: Mapping[str, Any], name: str) -> Estimate:
    return Estimate(row[name], row[f"{name} low"], row[f"{name} high"])
