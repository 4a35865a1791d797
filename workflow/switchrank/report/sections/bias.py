"""Which languages a system prefers where passages of several compete."""

from typing import Any

import pandas as pd

from switchrank.report.entries import Entry, percent, table
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs
from switchrank.report.plots.dots import dots
from switchrank.report.plots.ratio_map import ratio_map

TITLE, NAV = "Language bias in multilingual retrieval", "Language bias"
_RATIO = ["ratio", "ratio_low", "ratio_high"]


def section(inputs: Inputs) -> dict[str, Any] | None:
    """By pair, which languages are among the ten best; and whether the query's own is."""
    if inputs.bias is None:
        return None
    pairs = [_pair(inputs, pair, part) for pair, part in inputs.bias.groupby("pair", sort=False)]
    return {"pairs": list(filter(None, pairs)), "same_language": _same_language(inputs)}


def _pair(inputs: Inputs, pair: str, frame: pd.DataFrame) -> dict[str, Any] | None:
    """The share of languages among the ten best against their share among all, and the leading metric."""
    languages = [language for language in inputs.config["languages"] if language in set(frame["language"])]
    ratios = _estimates(inputs, frame, "language")
    if not ratios:
        return None
    means = frame.pivot(index="system", columns="language", values="mean")
    rows = [[Entry(system), *map(percent, means.loc[system, languages])] for system in ratios]
    title = f"Share among the ten best / share among all candidates, {pair}"
    drawn = ratio_map(title, ratios, languages)
    return {"pair": pair, "svg": drawn, "means": table(["system", *languages], rows)}


def _same_language(inputs: Inputs) -> str | None:
    """How much more often passages in the query's own language are among the ten best than among all."""
    if inputs.same_language is None:
        return None
    rows = _estimates(inputs, inputs.same_language, "pair")
    label = "passages in the query's language: share among the ten best / among all"
    return dots(label, rows, zero=1) if rows else None


def _estimates(inputs: Inputs, frame: pd.DataFrame, column: str) -> dict[str, dict[str, Estimate]]:
    """System → value of the column → ratio, of what has one."""
    known = frame.dropna(subset="ratio")
    rows = {
        system: {row[column]: Estimate(*(row[name] for name in _RATIO)) for row in part.to_dict("records")}
        for system, part in known.groupby("system")
    }
    return {system: rows[system] for system in inputs.systems if system in rows}
