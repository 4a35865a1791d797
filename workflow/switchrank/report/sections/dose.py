"""Dose–response: averages over the values of a setting of the ranker, for both trainings, and controls."""

from typing import Any

from switchrank.report.estimates import Entry, Estimate, scored, table, with_interval
from switchrank.report.inputs import Inputs, Stats, all_data
from switchrank.report.plots.responses import Level, Panel, responses
from switchrank.statistics.numbers import brief, number


def dose(inputs: Inputs) -> dict[str, Any] | None:
    """A figure and a table for each setting of which several values were tried; None if there is none.

    See experiment.doses, whose fields are mappings here.
    """
    shown = [(doses, _drawn(inputs, doses), _table(inputs, doses)) for doses in inputs.config["doses"]]
    return {"shown": shown} if shown else None


def _drawn(inputs: Inputs, doses: Stats) -> str:
    """The groups of which any average was measured; the empty text if there is none."""
    panels = {name: _panel(inputs, doses, group) for group, name in inputs.groups.items()}
    panels = {name: panel for name, panel in panels.items() if any(panel.lines.values())}
    label = f"{doses['meaning']} ({doses['setting']})"
    return responses(panels, label, doses["default"], f"{inputs.metric} × 100") if panels else ""


def _panel(inputs: Inputs, doses: Stats, group: str) -> Panel:
    """The averages of a group; systems that were not measured on all of its pairs are left out."""

    def level(system: str, value: float | None = None) -> Level:
        average = inputs.cells[system][group]
        gain = inputs.difference(system, _reference(doses, value), group)
        return Level(system, Estimate.of(average["mean"], average["interval"]), gain)

    measured = [system for system, cells in inputs.cells.items() if group in cells]
    lines = {
        training: {value: level(system, value) for value, system in line.items() if system in measured}
        for training, line in doses["lines"].items()
    }
    controls = {
        name: (value, level(name, value)) for name, value in doses["controls"].items() if name in measured
    }
    return Panel(lines, controls, level(doses["untrained"]) if doses["untrained"] in measured else None)


def _table(inputs: Inputs, doses: Stats) -> dict[str, Any]:
    """The untrained ranker, then value by value the systems on the lines and the controls."""
    columns = ["system", "trained on, ranker", "value"]
    columns += [heading for name in inputs.groups.values() for heading in (name, "gain")]
    rows = []
    values = {system: value for line in doses["lines"].values() for value, system in line.items()}
    values |= doses["controls"]
    for system in filter(None, [doses["untrained"], *sorted(values, key=values.get)]):
        entry, cells, value = inputs.systems[system], inputs.cells.get(system, {}), values.get(system)
        trained_on = Entry(", ".join(all_data(entry)), (entry["ranker"],))
        row = [system, trained_on, None if value is None else Entry(brief(value), sort=value)]
        for group in inputs.groups:
            gain = _gain(inputs, system, _reference(doses, value), group)
            row += [scored(cells[group]) if group in cells else None, gain]
        rows.append(row)
    return table(columns, rows)


def _gain(inputs: Inputs, system: str, reference: str | None, group: str) -> Entry | None:
    """The difference with its interval, and how large it must be to be found."""
    gain = inputs.difference(system, reference, group)
    if gain is None:
        return None
    shown = with_interval(gain, sign=True)
    return shown._replace(small=(*shown.small, f"detectable {number(gain.detectable)}"))


def _reference(doses: Stats, value: float | None) -> str | None:
    """The system at a value that has the reference's training data."""
    return next(iter(doses["lines"].values())).get(value)
