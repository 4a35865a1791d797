"""What each system's distance is from the one that it is tested against."""

from collections.abc import Mapping
from typing import Any

from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs, tested_against
from switchrank.report.plots.forest import Difference, forest
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.significance import ALPHA

TITLE = NAV = "Differences"
_ROWS = 40  # a forest of more rows from one group would hide its average: the group's tests say the rest


def section(inputs: Inputs) -> dict[str, Any] | None:
    """A forest plot of each system that is tested, the treatment's first; None if there are no tests."""
    systems = sorted(inputs.cells, key=lambda name: name != inputs.treatment)
    forests = [drawn for system in systems if (drawn := _forest(inputs, system))]
    families = {name: inputs.tables[group].family for group, name in inputs.groups.items()}
    return {"forests": forests, "families": families} if forests else None


def _forest(inputs: Inputs, system: str) -> dict[str, Any] | None:
    rows, averages_only = {}, []
    for group, name in inputs.groups.items():
        tests = inputs.tables[group].tests
        tests = tests[tests["system"] == system]
        if len(tests) > _ROWS:
            averages_only.append(name)
            tests = tests[tests["column"] == AVERAGE]
        if len(tests):
            rows[name] = [_difference(test) for test in tests.to_dict("records")]
    if not rows:
        return None
    reference = tested_against(inputs.systems[system])
    tested = [row for group in rows.values() for row in group if row.significant is not None]
    return {
        "system": system,
        "reference": reference,
        "svg": forest(f"{system} − {reference}, points of {inputs.metric} × 100", rows),
        "open": system == inputs.treatment,
        "averages_only": averages_only,
        "tests": len(tested),
        "significant": sum(bool(row.significant) for row in tested),
    }


def _difference(test: Mapping[str, Any]) -> Difference:
    estimate = Estimate(test["difference"], test["interval_low"], test["interval_high"])
    average = test["column"] == AVERAGE
    return Difference(test["column"], estimate, None if average else bool(test["p_t_holm"] < ALPHA))
