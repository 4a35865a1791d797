"""How systems compare: differences from references, gains over linguistic distance."""

from collections.abc import Sequence
from typing import Any

from scipy import stats

from switchrank.analyses.distance import SOURCE
from switchrank.analyses.distance import distance as distance_of
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs, tested_against
from switchrank.report.plots.intervals import Difference, forest
from switchrank.report.plots.lines import Point, scatter
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.numbers import number
from switchrank.statistics.significance import ALPHA, without_noise, without_spread

_ROWS = 40  # a forest of more rows from one group would hide its average: the group's tests say the rest


def differences(inputs: Inputs) -> dict[str, Any] | None:
    """A forest plot of each system that is tested, the treatment's first; None if there are no tests."""
    systems = sorted(inputs.cells, key=lambda name: name != inputs.treatment)
    forests = [drawn for system in systems if (drawn := _forest(inputs, system))]
    averages = max((table.averages_tested for table in inputs.tables.values()), default=0)
    return {"forests": forests, "averages": averages} if forests else None


def distance(inputs: Inputs) -> dict[str, Any] | None:
    """The gain on each pair whose languages are classified; None if there is no such pair."""
    points = []
    for group, name in inputs.groups.items():
        for label in inputs.tables[group].pairs:
            pair = inputs.pairs[label]
            gain = inputs.difference(inputs.treatment, inputs.reference, label)
            far = None if pair.setting == "mlir" else distance_of(pair.query.name, pair.document.name)
            if gain and far is not None:
                points.append(Point(label, far, gain, name))
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


def _forest(inputs: Inputs, system: str) -> dict[str, Any] | None:
    rows, averages_only, families = {}, [], {}
    for group, name in inputs.groups.items():
        tests = inputs.tables[group].tests
        tests = tests[tests["system"] == system]
        if size := inputs.tables[group].pairs_tested.get(system):
            families[name] = size
        if len(tests) > _ROWS:
            averages_only.append(name)
            tests = tests[tests["column"] == AVERAGE]
        for test in tests.to_dict("records"):
            significant, average = bool(test["p_holm"] < ALPHA), test["column"] == AVERAGE
            difference = Difference(test["column"], Estimate.tested(test), significant, average)
            rows.setdefault(name, []).append(difference)
    if not rows:
        return None
    reference = tested_against(inputs.systems[system])
    kinds: dict[str, list[bool]] = {}  # whether each is significant
    for row in [row for of_group in rows.values() for row in of_group]:
        kinds.setdefault("averages" if row.average else "pairs", []).append(row.significant)
    return {
        "system": system,
        "reference": reference,
        "svg": forest(f"{system} − {reference}, points of {inputs.metric} × 100", rows),
        "open": system == inputs.treatment,
        "averages_only": averages_only,
        "families": families,
        "significant": {kind: (sum(found), len(found)) for kind, found in kinds.items()},
    }


def _correlation(points: Sequence[Point]) -> str:
    """Spearman's; nothing where there are too few points or no spread."""
    far, gains = [point.distance for point in points], without_noise([point.gain.middle for point in points])
    if len(points) < 4 or without_spread(far) or without_spread(gains):
        return ""
    result = stats.spearmanr(far, gains)
    p = "p < 0.001" if result.pvalue < 0.001 else f"p = {number(result.pvalue, 3)}"
    return f"{number(result.statistic, 2, sign=True)} ({p}, {len(points)} pairs)"
