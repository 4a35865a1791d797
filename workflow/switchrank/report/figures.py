"""The page's figures of cells, tests and training logs."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from switchrank.analyses.distance import SOURCE, distance
from switchrank.languages import MIXED, parse_pair
from switchrank.report.inputs import REFERENCE, TREATMENT, Inputs, is_pair
from switchrank.report.plots.base import Estimate, number
from switchrank.report.plots.curves import curves as draw_curves
from switchrank.report.plots.forest import Difference, forest
from switchrank.report.plots.lines import Mark, lines
from switchrank.report.plots.matrix import colour_scale, heatmap
from switchrank.report.plots.scatter import Point, scatter
from switchrank.report.summary import shown_first
from switchrank.report.tables import mode
from switchrank.report.text import GROUPS
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.significance import ALPHA

_ROWS = 40  # a forest of more rows from one group would hide its average: the group's tests say the rest
_POINTS = "points of MRR@10 × 100"


def heatmaps(inputs: Inputs) -> dict[str, Any]:
    """One heat map per system, all on one scale: those that the summary is about, and the others.

    Languages trained on, languages of unseen pairs only, and mixed sides stand in blocks.
    """
    pairs, systems = inputs.config["pairs"], inputs.config["systems"]
    own = {
        s: {pair: cell for pair, cell in cells.items() if is_pair(cell)} for s, cells in inputs.cells.items()
    }
    own = {system: cells for system, cells in own.items() if cells}
    highest = max(
        10, 10 * math.ceil(10 * max(cell["mean"] for cells in own.values() for cell in cells.values()))
    )
    blocks = _blocks(pairs)
    maps = {
        system: heatmap(system, cells, systems[system].get("impossible", ()), blocks, highest)
        for system, cells in own.items()
    }
    first = shown_first(inputs) or list(maps)
    return {
        "scale": colour_scale(highest),
        "first": {system: maps[system] for system in first},
        "others": {system: drawn for system, drawn in maps.items() if system not in first},
    }


def forests(inputs: Inputs) -> list[dict[str, Any]]:
    """The differences of each system from the one that it is tested against, the treatment's first."""
    made = []
    for system in sorted(inputs.cells, key=lambda name: name != TREATMENT):
        rows, long, reference = {}, [], ""
        for group in inputs.groups:
            frame = inputs.tests.get(group)
            own = frame[frame["system"] == system] if frame is not None else pd.DataFrame()
            if len(own):
                reference = own["reference"].iloc[0]
                if len(own) > _ROWS:
                    long.append(GROUPS.get(group, group))
                    own = own[own["column"] == AVERAGE]
                rows[GROUPS.get(group, group)] = [_difference(test) for test in own.to_dict("records")]
        rows = {heading: differences for heading, differences in rows.items() if differences}
        if rows:
            drawn = forest(f"{system} − {reference}, {_POINTS}", rows)
            tested = [row for group in rows.values() for row in group if row.significant is not None]
            made.append(
                {
                    "system": system,
                    "reference": reference,
                    "svg": drawn,
                    "open": system == TREATMENT,
                    "averages_only": long,
                    "tests": len(tested),
                    "significant": sum(bool(row.significant) for row in tested),
                }
            )
    return made


def gain_over_distance(inputs: Inputs) -> dict[str, Any] | None:
    """The treatment's gain on each pair of single languages over the distance of the two languages."""
    points = []
    for group, pairs in inputs.config["pairs"].items():
        for pair in pairs:
            query, document = parse_pair(pair)
            gain = inputs.difference(TREATMENT, REFERENCE, pair)
            if gain and query not in MIXED and document not in MIXED:
                points.append(Point(pair, distance(query, document), gain, GROUPS.get(group, group)))
    if not points:
        return None
    across = [point for point in points if point.distance > 0]
    told = {"all pairs": _correlation(points), "pairs of two languages": _correlation(across)}
    told = {which: text for which, text in told.items() if text}
    sentence = " ".join(f"Spearman's correlation over {which}: {text}." for which, text in told.items())
    gains = f"{TREATMENT} − {REFERENCE}, {_POINTS}"
    return {
        "svg": scatter(points, "distance of the languages", gains, sentence),
        "correlations": told,
        "source": SOURCE,
    }


def gain_over_ratio(frame: pd.DataFrame, groups: Sequence[str]) -> list[str]:
    """The gain over the nominal and over the realised ratio of switching; none of groups without figures."""
    drawn = []
    for column, label in (("ratio", "nominal ratio"), ("realised", "realised ratio")):
        marks = {GROUPS.get(group, group): _marks(frame, group, column) for group in groups if group in frame}
        if any(len(named) > 1 for named in marks.values()):
            drawn.append(lines(marks, label, f"gain on {REFERENCE}, {_POINTS}"))
    return drawn


def curves(logs: Mapping[str, Mapping[str, pd.DataFrame]]) -> list[str]:
    """Learning curves of systems → run → log; what no log has is left out."""
    shown = []
    for column, factor, label in (("dev_mrr", 100, "MRR@10 × 100 on dev"), ("loss", 1, "training loss")):
        models = {
            title: {run: factor * log[column].dropna() for run, log in runs.items() if log[column].count()}
            for title, runs in logs.items()
        }
        if any(models.values()):
            shown.append(draw_curves({title: runs for title, runs in models.items() if runs}, label))
    return shown


def _blocks(pairs: Mapping[str, Sequence[str]]) -> list[list[str]]:
    seen, others, mixed = [], [], []
    for group, members in pairs.items():
        for side in (side for pair in members for side in parse_pair(pair)):
            block = mixed if side in MIXED else others if group == "unseen" else seen
            if side not in seen + others + mixed:
                block.append(side)
    return [block for block in (seen, others, mixed) if block]


def _difference(test: Mapping[str, Any]) -> Difference:
    estimate = Estimate(test["difference"], test["interval_low"], test["interval_high"])
    average = test["column"] == AVERAGE
    return Difference(test["column"], estimate, None if average else bool(test["p_t_holm"] < ALPHA))


def _correlation(points: Sequence[Point]) -> str:
    """Spearman's; nothing where there are too few points or no spread."""
    far, gains = [point.distance for point in points], [point.gain.middle for point in points]
    if len(points) < 4 or np.ptp(far) == 0 or np.ptp(gains) == 0:
        return ""
    found = stats.spearmanr(far, gains)
    p = "p < 0.001" if found.pvalue < 0.001 else f"p = {found.pvalue:.3f}"
    return f"{number(found.statistic, 2)} ({p}, {len(points)} pairs)"


def _marks(frame: pd.DataFrame, group: str, column: str) -> list[Mark]:
    """The first system at each ratio makes the line, the treatment before others; modes stand beside it."""
    marks, taken = [], set()
    rows = sorted(frame.to_dict("records"), key=lambda row: row["system"] not in (TREATMENT, REFERENCE))
    for row in rows:
        ratio, gain = row[column], row.get(f"{group} gain")
        reference = row["system"] == REFERENCE
        if reference:
            ratio, gain = 0.0, 0.0
        if pd.isna(ratio) or gain is None or pd.isna(gain):
            continue
        ends = (0.0, 0.0) if reference else (row[f"{group} gain low"], row[f"{group} gain high"])
        named = mode(row)
        plain = reference or named == "static"
        aside = named if not plain else row["system"] if row["ratio"] in taken else ""
        taken |= {row["ratio"]} if not aside else set()
        marks.append(Mark(float(ratio), Estimate(gain, *ends), row["system"], aside))
    return marks
