"""Language bias on mixed passages, and what token overlap has to do with the scores."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from switchrank.languages import LANGUAGES, setting_of
from switchrank.report.plots.base import Estimate
from switchrank.report.plots.dots import dots
from switchrank.report.plots.ratios import ratio_map
from switchrank.report.text import GROUPS, Entry, figure, table
from switchrank.statistics.significance import bootstrap_interval

_OVERLAPS = {
    "overlap_relevant": "relevant passage",
    "overlap_top10": "ten best others",
    "overlap_rest": "all other candidates",
}


def bias(frame: pd.DataFrame, systems: Sequence[str]) -> list[dict[str, Any]]:
    """For each pair: the share of languages among the ten best against their share among all, and MRR@10."""
    made = []
    for pair, part in frame.groupby("pair", sort=False):
        languages = [language for language in LANGUAGES if language in set(part["language"])]
        rows = {
            system: {
                row["language"]: Estimate(row["ratio"], row["ratio_low"], row["ratio_high"])
                for row in own.dropna(subset=["ratio"]).to_dict("records")
            }
            for system in systems
            if len(own := part[part["system"] == system])
        }
        rows = {system: row for system, row in rows.items() if row}
        if rows:
            title = f"Share among the ten best / share among all candidates, {pair}"
            mrr = part.pivot(index="system", columns="language", values="mrr")
            shown = [
                [Entry(system), *(figure(100 * mrr.loc[system, language]) for language in languages)]
                for system in rows
            ]
            made.append(
                {
                    "pair": pair,
                    "svg": ratio_map(title, rows, languages),
                    "mrr": table(["system", *languages], shown),
                }
            )
    return made


def same_language(frame: pd.DataFrame, systems: Sequence[str]) -> str | None:
    """How much more often passages in the query's own language are among the ten best than among all."""
    rows: dict[str, dict[str, Estimate]] = {system: {} for system in systems}
    for row in frame.dropna(subset=["ratio"]).to_dict("records"):
        if row["system"] in rows:
            ends = row["ratio_low"], row["ratio_high"]
            rows[row["system"]][row["pair"]] = Estimate(row["ratio"], *ends)
    rows = {system: row for system, row in rows.items() if row}
    label = "passages in the query's language: share among the ten best / among all"
    return dots(label, rows, zero=1) if rows else None


def overlap(frame: pd.DataFrame, systems: Sequence[str]) -> dict[str, Any]:
    """Correlation of score with overlap by setting, and the overlap of passages by how they are ranked."""
    frame = frame.assign(
        setting=frame["pair"].map({pair: setting_of(pair) for pair in frame["pair"].unique()})
    )
    settings = [setting for setting in GROUPS if setting in set(frame["setting"])]
    correlations = {
        system: {
            GROUPS[setting]: estimate
            for setting in settings
            if (estimate := _mean(_part(frame, system, setting), "correlation"))
        }
        for system in systems
    }
    correlations = {system: row for system, row in correlations.items() if row}
    label = "correlation of score with token overlap"
    return {
        "correlations": dots(label, correlations, zero=0) if correlations else None,
        "overlaps": {
            GROUPS[setting]: drawn for setting in settings if (drawn := _overlaps(frame, systems, setting))
        },
        "pairs": _pairs(frame),
    }


def _overlaps(frame: pd.DataFrame, systems: Sequence[str], setting: str) -> str | None:
    rows = {
        system: {
            name: estimate
            for column, name in _OVERLAPS.items()
            if (estimate := _mean(_part(frame, system, setting), column))
        }
        for system in systems
    }
    rows = {system: row for system, row in rows.items() if row}
    return (
        dots(f"share of the query's pieces in the passage, {GROUPS[setting]}", rows, zero=0) if rows else None
    )


def _part(frame: pd.DataFrame, system: str, setting: str) -> pd.DataFrame:
    return frame[(frame["system"] == system) & (frame["setting"] == setting)]


def _mean(part: pd.DataFrame, column: str) -> Estimate | None:
    """The mean over queries, of each query's mean over its pairs, with a 95 % bootstrap interval."""
    values = part.groupby("query_id")[column].mean().dropna().sort_index().to_numpy()
    if len(values) < 2:
        return None
    if np.ptp(values) == 0:
        return Estimate(float(values[0]), float(values[0]), float(values[0]))
    return Estimate(float(values.mean()), *bootstrap_interval(values))


def _pairs(frame: pd.DataFrame) -> dict[str, int]:
    """System → number of pairs that it was analysed on, of those with fewer than others."""
    counts = frame.groupby("system")["pair"].nunique()
    return {str(system): int(count) for system, count in counts.items() if count < counts.max()}
