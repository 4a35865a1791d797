"""The treatment's gain over the linguistic distance of a pair's languages."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import stats

from switchrank.analyses.distance import SOURCE, distance
from switchrank.report.estimates import number
from switchrank.report.inputs import Inputs
from switchrank.report.plots.scatter import Point, scatter

TITLE, NAV = "Gain and linguistic distance", "Distance"


def section(inputs: Inputs) -> dict[str, Any] | None:
    """The gain on each pair whose languages are classified; None if there is no such pair."""
    points = _points(inputs)
    if not points:
        return None
    across = [point for point in points if point.distance > 0]
    correlations = {"all pairs": _correlation(points), "pairs of two languages": _correlation(across)}
    correlations = {which: text for which, text in correlations.items() if text}
    sentence = " ".join(f"Spearman's correlation over {name}: {text}." for name, text in correlations.items())
    gains = f"{inputs.treatment} − {inputs.reference}, points of {inputs.metric} × 100"
    return {
        "svg": scatter(points, "distance of the languages", gains, sentence),
        "correlations": correlations,
        "classification": SOURCE,
    }


def _points(inputs: Inputs) -> list[Point]:
    points = []
    for group, name in inputs.groups.items():
        for label in inputs.tables[group].pairs:
            pair = inputs.pairs[label]
            gain = inputs.difference(inputs.treatment, inputs.reference, label)
            single = not pair.query.mixed and not pair.document.mixed
            far = distance(pair.query.name, pair.document.name) if single else None
            if gain and far is not None:
                points.append(Point(label, far, gain, name))
    return points


def _correlation(points: Sequence[Point]) -> str:
    """Spearman's; nothing where there are too few points or no spread."""
    far, gains = [point.distance for point in points], [point.gain.middle for point in points]
    if len(points) < 4 or np.ptp(far) == 0 or np.ptp(gains) == 0:
        return ""
    result = stats.spearmanr(far, gains)
    p = "p < 0.001" if result.pvalue < 0.001 else f"p = {result.pvalue:.3f}"
    return f"{number(result.statistic, 2)} ({p}, {len(points)} pairs)"
