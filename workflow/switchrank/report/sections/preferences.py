"""What systems prefer: languages, tokens that query and passage share, and the passages of single queries."""

from collections import defaultdict
from typing import Any

import pandas as pd

from switchrank.report.estimates import Estimate, percent, table
from switchrank.report.inputs import Inputs, group_name
from switchrank.report.plots.intervals import dots
from switchrank.report.plots.matrices import ratio_map
from switchrank.statistics.significance import bootstrap_interval, without_noise, without_spread

_SETTINGS = ("moir", "clir", "mlir")
_OVERLAPS = {
    "overlap_relevant": "relevant passage",
    "overlap_top10": "ten best others",
    "overlap_rest": "all other candidates",
}


def bias(inputs: Inputs) -> dict[str, Any] | None:
    """Shares of languages among the ten best against those among all, and the leading metric, by pair.

    And how much more often passages in the query's own language are among the ten best than among all.
    """
    if inputs.bias is None:
        return None
    pairs = []
    for pair, frame in inputs.bias.groupby("pair", sort=False):
        languages = [name for name in inputs.config["languages"] if name in set(frame["language"])]
        if ratios := _ratios(inputs, frame, "language"):
            means = frame.pivot(index="system", columns="language", values="mean")
            rows = [[system, *map(percent, means.loc[system, languages])] for system in ratios]
            title = f"Share among the ten best / share among all candidates, {pair}"
            drawn = ratio_map(title, ratios, languages)
            pairs.append({"pair": pair, "svg": drawn, "means": table(["system", *languages], rows)})
    label = "passages in the query's language: share among the ten best / among all"
    same = _ratios(inputs, inputs.same_language, "pair")
    return {"pairs": pairs, "same_language": dots(label, same, zero=1)}


def overlap(inputs: Inputs) -> dict[str, Any] | None:
    """Correlation of score with overlap by setting, and the overlap of passages by how they are ranked."""
    if inputs.overlap is None:
        return None
    settings = {pair: inputs.pairs[pair].setting for pair in inputs.overlap["pair"].unique()}
    frame = inputs.overlap.assign(setting=inputs.overlap["pair"].map(settings))
    parts = defaultdict(lambda: frame[:0], iter(frame.groupby(["system", "setting"])))
    shown = {setting: group_name(setting) for setting in _SETTINGS if setting in settings.values()}
    correlations = {
        system: {name: _mean(parts[system, setting], "correlation") for setting, name in shown.items()}
        for system in inputs.systems
    }
    overlaps = {}
    for setting, name in shown.items():
        rows = {
            system: {label: _mean(parts[system, setting], key) for key, label in _OVERLAPS.items()}
            for system in inputs.systems
        }
        overlaps[name] = dots(f"share of the query's pieces in the passage, {name}", rows, zero=0)
    counts = frame.groupby("system")["pair"].nunique()
    return {
        "correlations": dots("correlation of score with token overlap", correlations, zero=0),
        "overlaps": overlaps,
        "fewer_pairs": counts[counts < counts.max()].to_dict(),
    }


def examples(inputs: Inputs) -> dict[str, Any] | None:
    """Single queries as analyses.examples chose them."""
    return {"examples": inputs.examples, "pairs": inputs.pairs} if inputs.examples else None


def _ratios(inputs: Inputs, frame: pd.DataFrame, column: str) -> dict[str, dict[str, Estimate]]:
    """System → value of the column → ratio, of what has one."""
    ratios: dict[str, dict[str, Estimate]] = {}
    for row in frame.dropna(subset="ratio").to_dict("records"):
        estimate = Estimate(row["ratio"], row["ratio_low"], row["ratio_high"])
        ratios.setdefault(row["system"], {})[row[column]] = estimate
    return {system: ratios[system] for system in inputs.systems if system in ratios}


def _mean(part: pd.DataFrame, column: str) -> Estimate | None:
    """The mean over queries, of each query's mean over its pairs, with a 95 % bootstrap interval."""
    values = without_noise(part.groupby("query_id")[column].mean().dropna().sort_index())
    if len(values) < 2:
        return None
    if without_spread(values):
        return Estimate(*[float(values[0])] * 3)
    return Estimate(float(values.mean()), *bootstrap_interval(values))
