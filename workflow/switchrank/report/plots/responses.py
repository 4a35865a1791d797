"""Dose–response: averages over the values of a setting, and below them controls at some of these values."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, TIP, look, style, svg
from switchrank.statistics.numbers import brief

# In points: margins and what is between panels, widths of a panel and of all, then heights from the top down.
_LEFT, _RIGHT, _GAP = 150, 6, 32
_PANEL, _ALL = 180, 400  # at least
_TITLE, _LINES, _BETWEEN, _ROW, _BOTTOM = 28, 190, 66, 17, 40
_LEGEND = 5, 150  # entries, and the width of the widest
_ASIDE = 0.08  # steps between the lines, so that their intervals do not hide each other
_UNTRAINED = {"color": THEME["muted"], "linestyle": (0, (4, 3)), "linewidth": 1.3}
_DEFAULT = {"color": THEME["rule"], "alpha": 0.5, "linewidth": 0}
_CONTROL = 2  # its place among the series


class Level(NamedTuple):
    """A system's average, and its gain on the first line's system at the same value; None: not known."""

    system: str
    average: Estimate
    gain: Estimate | None = None

    def text(self, value: float) -> str:
        """Such as "ml-cs at 0.01: 48.8 (46.3 to 51.3), gain +3.1 (+2.0 to +4.3)"."""
        gain = f", gain {self.gain.text()}" if self.gain else ""
        return f"{self.system} at {brief(value)}: {self.average.text(sign=False)}{gain}"


class Panel(NamedTuple):
    """What is shown of a group of pairs."""

    lines: Mapping[str, Mapping[float, Level]]  # training → value → system; the first is the reference
    controls: Mapping[str, tuple[float, Level]]  # system → value and average
    untrained: Level | None = None


@style()
def responses(panels: Mapping[str, Panel], setting: str, default: float, metric: str) -> str:
    """A panel for each group: lines over the values of `setting`; below them its controls, if there are any.

    Values are evenly spaced. Panels beside each other have one scale, each with an origin of its own. A mark
    is hollow where the gain is not known to differ from 0. Small marks beside a control are the lines' at its
    value.
    """
    values = sorted({value for panel in panels.values() for line in panel.lines.values() for value in line})
    controls = {name: value for panel in panels.values() for name, (value, _) in panel.controls.items()}
    rows = [
        (value, name)
        for value in sorted(set(controls.values()))
        for name in ("", *(name for name, own in controls.items() if own == value))  # "": the heading
    ]
    panel_width = max(_PANEL, _ALL // len(panels))
    width = _LEFT + (panel_width + _GAP) * len(panels) - _GAP + _RIGHT
    columns = max(1, (width - _LEFT) // _LEGEND[1])
    top = 18 * -(-_LEGEND[0] // columns) + _TITLE
    height = top + _LINES + (_BETWEEN + _ROW * len(rows) if rows else 0) + _BOTTOM
    drawn = Figure(figsize=(width / 72, height / 72))

    def add_row(above: float, tall: float) -> list[Axes]:
        bottom, size = 1 - (above + tall) / height, (panel_width / width, tall / height)
        lefts = [(_LEFT + (panel_width + _GAP) * column) / width for column in range(len(panels))]
        return [drawn.add_axes((left, bottom, *size)) for left in lefts]

    def label_row(bottom: float, text: str) -> None:
        middle = (_LEFT + width - _RIGHT) / 2
        drawn.text(middle / width, 1 - bottom / height, text, ha="center", va="bottom")

    said: list[str] = []
    upper = add_row(top, _LINES)
    for axes, (group, panel) in zip(upper, panels.items(), strict=True):
        said += _draw_lines(axes, group, panel, values)
        if default in values:
            place = values.index(default)
            axes.axvspan(place - 0.5, place + 0.5, **_DEFAULT)
        axes.set_xticks(
            range(len(values)), map(brief, values), rotation=40, ha="right", rotation_mode="anchor"
        )
        axes.set(xlim=(-0.5, len(values) - 0.5))
    _one_scale(upper, "y")
    upper[0].set_ylabel(metric)
    label_row(top + _LINES + 52, setting)
    if rows:
        lower = add_row(top + _LINES + _BETWEEN, _ROW * len(rows))
        for axes, (group, panel) in zip(lower, panels.items(), strict=True):
            said += _draw_controls(axes, group, panel, [name for _, name in rows])
        _one_scale(lower, "x")
        lower[0].set_yticks(range(len(rows)), [name or f"at {brief(value)}" for value, name in rows])
        lower[0].tick_params(labelleft=True)
        for (_, name), label in zip(rows, lower[0].get_yticklabels(), strict=True):
            label.set_weight("normal" if name else "bold")
        label_row(height - 4, metric)
    _add_legend(drawn, panels, (_LEFT / width, 1 - 4 / height), columns)
    return svg(drawn, f"{metric} over {setting}, with 95 % intervals. {'. '.join(said)}.")


def _draw_lines(axes: Axes, group: str, panel: Panel, values: Sequence[float]) -> list[str]:
    """Draw the lines of a group and the untrained ranker's level; give all figures as texts."""
    said = []
    axes.set_title(group, fontsize=11, loc="left", pad=3)
    axes.grid(axis="y")
    if panel.untrained:
        system, average, _ = panel.untrained
        said.append(f"{group}, {system}: {average.text(sign=False)}")
        axes.axhline(average.middle, **_UNTRAINED, gid=f"{TIP}{said[-1]}")
    for number, line in enumerate(panel.lines.values()):
        colour, shape = look(number)
        aside = _ASIDE * (number - (len(panel.lines) - 1) / 2)
        places = [values.index(value) + aside for value in line]
        axes.plot(places, [level.average.middle for level in line.values()], color=colour, linewidth=1.6)
        for place, (value, level) in zip(places, line.items(), strict=True):
            said.append(f"{group}, {level.text(value)}")
            hollow = number > 0 and (level.gain is None or level.gain.verdict == "level")
            inside = {"markerfacecolor": THEME["paper"] if hollow else colour}
            middle, low, high, _ = level.average
            axes.plot([place, place], [low, high], color=colour, linewidth=1, alpha=0.7)
            axes.plot(place, middle, shape, color=colour, markersize=6, gid=f"{TIP}{said[-1]}", **inside)
    return said


def _draw_controls(axes: Axes, group: str, panel: Panel, rows: Sequence[str]) -> list[str]:
    """Draw the controls of a group, each in its row beside the lines' marks; give all figures as texts."""
    said = []
    if panel.untrained:
        axes.axvline(panel.untrained.average.middle, **_UNTRAINED)
    for name, (value, level) in panel.controls.items():
        height, (middle, low, high, _) = rows.index(name), level.average
        said.append(f"{group}, {level.text(value)}")
        for number, line in enumerate(panel.lines.values()):
            if value in line:
                colour, shape = look(number)
                axes.plot(line[value].average.middle, height, shape, color=colour, markersize=4, alpha=0.7)
        colour, shape = look(_CONTROL)
        axes.plot([low, high], [height, height], color=colour, linewidth=1, alpha=0.7)
        axes.plot(middle, height, shape, color=colour, markersize=6, gid=f"{TIP}{said[-1]}")
    axes.set(ylim=(len(rows) - 0.5, -0.5))
    axes.tick_params(left=False, labelleft=False)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    return said


def _add_legend(
    drawn: Figure, panels: Mapping[str, Panel], corner: tuple[float, float], columns: int
) -> None:
    """Say on top what is drawn in any panel."""
    axes = drawn.axes[0]
    for number, training in enumerate(next(iter(panels.values())).lines):
        colour, shape = look(number)
        axes.plot([], [], f"{shape}-", color=colour, label=f"trained as {training}")
    if any(panel.controls for panel in panels.values()):
        colour, shape = look(_CONTROL)
        axes.plot([], [], f"{shape}-", color=colour, label="control")
    if any(panel.untrained for panel in panels.values()):
        axes.plot([], [], **_UNTRAINED, label="untrained")
    axes.fill_between([], [], **_DEFAULT, label="default")
    drawn.legend(
        loc="upper left", bbox_to_anchor=corner, ncols=columns, frameon=False, borderpad=0, borderaxespad=0,
        handlelength=1.8, columnspacing=1.6,
    )  # fmt: skip


def _one_scale(row: Sequence[Axes], axis: str) -> None:
    """Give all panels of a row the span of the widest, each around its own middle."""
    limits = [getattr(axes, f"get_{axis}lim")() for axes in row]
    half = max(high - low for low, high in limits) / 2
    for axes, (low, high) in zip(row, limits, strict=True):
        middle = (low + high) / 2
        getattr(axes, f"set_{axis}lim")(middle - half, middle + half)
