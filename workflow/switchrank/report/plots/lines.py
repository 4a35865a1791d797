"""Figures over a scale: gains over the ratio of switching and over distance, learning curves over steps."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import matplotlib.ticker
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from scipy.optimize import isotonic_regression

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import MARKERS, SERIES, THEME, TIP, figure, legend_above, look, style, svg
from switchrank.statistics.numbers import brief, number

_LEGEND = 3  # columns
_LABELLED = 60  # of more points, labels would hide the points
_COLUMNS, _WIDTH, _HEIGHT = 4, 225, 128  # of the panels of curves


class Mark(NamedTuple):
    """A system at a ratio. `apart` names what sets it off the line (its mode); empty: it is on the line."""

    ratio: float
    gain: Estimate
    system: str
    apart: str = ""


class Point(NamedTuple):
    """A pair of languages: its name, distance, gain, and the group whose colour it takes."""

    label: str
    distance: float
    gain: Estimate
    group: str


@style()
def lines(groups: Mapping[str, Sequence[Mark]], ratio_label: str, gain_label: str) -> str:
    """A line with intervals for each group; what is set apart is to its right, larger and hollow."""
    beside = list(dict.fromkeys(mark.apart for marks in groups.values() for mark in marks if mark.apart))
    shapes = [MARKERS[0], *(MARKERS[1:] * len(beside))]
    rows = -(-(len(groups) + len(beside)) // _LEGEND)
    figures = []
    drawn, axes = figure(430, 290 + 17 * rows, left=50, right=10, top=10 + 17 * rows, bottom=44)
    axes.axhline(0, color=THEME["ink"], linewidth=1)
    for place, (group, marks) in enumerate(groups.items()):
        colour, aside = SERIES[place % len(SERIES)], 0.006 * (place - (len(groups) - 1) / 2)
        line = sorted((mark for mark in marks if not mark.apart), key=lambda mark: mark.ratio)
        shown = [mark.ratio + aside for mark in line]
        axes.plot(shown, [mark.gain.middle for mark in line], color=colour, linewidth=1.5, label=group)
        for mark in marks:
            step = beside.index(mark.apart) + 1 if mark.apart else 0
            tip = f"{TIP}{mark.system}, {group}, ratio {number(mark.ratio, 2)}: {mark.gain.text()}"
            figures.append(f"{mark.system}, {group}, at {number(mark.ratio, 2)}: {mark.gain.text()}.")
            x = mark.ratio + aside + 0.04 * step  # what is set apart would lie on the line's mark
            shape = {"markersize": 7, "markerfacecolor": THEME["paper"]} if step else {"markersize": 5}
            axes.plot([x, x], [mark.gain.low, mark.gain.high], color=colour, linewidth=1, alpha=0.7)
            axes.plot(x, mark.gain.middle, shapes[step], color=colour, gid=tip, **shape)
    for step, name in enumerate(beside, 1):
        axes.plot([], [], shapes[step], label=name, color=THEME["muted"], markerfacecolor=THEME["paper"])
    axes.set(xlim=(-0.05, 1.05 + 0.04 * len(beside)), xlabel=ratio_label, ylabel=gain_label)
    axes.grid(axis="y")
    legend_above(axes, _LEGEND)
    return svg(drawn, f"{gain_label} over {ratio_label} with 95 % intervals. {' '.join(figures)}")


@style()
def scatter(points: Sequence[Point], distance_label: str, gain_label: str, correlation: str) -> str:
    """Gain over distance, each point with its interval; points at one distance are spread a little sideways.

    Points are labelled unless they are very many. The text alternative says `correlation`.
    """
    labelled = len(points) <= _LABELLED
    groups = list(dict.fromkeys(point.group for point in points))
    steps = sorted({point.distance for point in points})
    gap = min((b - a for a, b in pairwise(steps)), default=1)
    drawn, axes = figure(640, 400, left=52, right=12, top=28, bottom=44)
    axes.axhline(0, color=THEME["ink"], linewidth=1)
    ends = [end for point in points for end in (point.gain.low, point.gain.high)]
    room = 0.05 * (max(ends) - min(ends)) or 1
    axes.set(xlim=(steps[0] - 0.3 * gap, steps[-1] + 0.7 * gap), ylim=(min(ends) - room, max(ends) + room))
    least = 12 * (max(ends) - min(ends) + 2 * room) / 328  # a line of text
    for step in steps:
        here = [point for point in points if point.distance == step]
        heights = apart([point.gain.middle for point in here], least)
        for rank, (point, height) in enumerate(zip(here, heights, strict=True)):
            x = step + 0.3 * gap * (rank / max(1, len(here) - 1) - 0.5) * (len(here) > 1)
            colour, shape = look(groups.index(point.group))
            tip = f"{TIP}{point.label}, distance {brief(point.distance)}: {point.gain.text()}"
            axes.plot([x, x], [point.gain.low, point.gain.high], color=colour, linewidth=1, alpha=0.45)
            axes.plot(x, point.gain.middle, shape, color=colour, markersize=5.5, gid=tip)
            if labelled:
                edge, thin = step + 0.22 * gap, {"color": THEME["rule"], "linewidth": 0.8, "zorder": 1}
                axes.plot([x, edge], [point.gain.middle, height], **thin)
                axes.text(edge + 0.02 * gap, height, point.label, size=10, va="center_baseline")
    axes.set_xticks(steps, [brief(step) for step in steps])
    axes.set(xlabel=distance_label, ylabel=gain_label)
    axes.grid(axis="y")
    legend_above(axes, len(groups), groups)
    figures = (
        " ".join(f"{p.label} at {brief(p.distance)}: {p.gain.text()}." for p in points) if labelled else ""
    )
    shown = f"Scatter plot of {gain_label} over {distance_label}, {len(points)} pairs."
    return svg(drawn, f"{shown} {correlation} {figures}")


@style()
def curves(
    models: Mapping[str, Mapping[str, pd.Series]],
    value_label: str,
    aside: Mapping[str, Mapping[str, pd.Series]] | None = None,
    aside_label: str = "",
) -> str:
    """A panel per model (title → run, such as "seed 1" → values, index step), the last step marked.

    What is `aside` is measured otherwise, of the same models and runs, and drawn as dashed lines.
    """
    rows, columns = -(-len(models) // _COLUMNS), min(len(models), _COLUMNS)
    width, height = 46 + _WIDTH * columns, 42 + _HEIGHT * rows
    drawn = Figure(figsize=(width / 72, height / 72))
    figures, beside = [], []
    panels = list(drawn.subplots(rows, columns, sharex=True, sharey=True, squeeze=False).flat)
    edges = {"left": 46 / width, "right": 1 - 8 / width, "top": 1 - 20 / height, "bottom": 40 / height}
    drawn.subplots_adjust(**edges, wspace=0.06, hspace=0.3)
    for axes, (title, runs) in zip(panels, models.items(), strict=False):
        axes.set_title(title, fontsize=11, loc="left", pad=3)
        for run, values in runs.items():
            _curve(axes, values, "series-1", "-", f"{title}, {run}")
        figures.append(_at_the_end(title, runs))
        if others := (aside or {}).get(title):
            for run, values in others.items():
                _curve(axes, values, "series-2", "--", f"{title}, {run}, {aside_label}")
            beside.append(_at_the_end(title, others))
        axes.grid(axis="y")
        axes.xaxis.set_major_locator(matplotlib.ticker.MaxNLocator(4))
    for axes in panels[len(models) :]:
        axes.set_visible(False)
    drawn.supxlabel("training step", y=4 / height, fontsize=11)
    drawn.supylabel(value_label, x=4 / width, fontsize=11)
    said = f"{value_label} over training steps. At the last step: {'; '.join(figures)}."
    if beside:
        said += f" Dashed, {aside_label}: {'; '.join(beside)}."
    return svg(drawn, said)


def _curve(axes: Axes, values: pd.Series, colour: str, dashes: str, name: str) -> None:
    step, last = values.index[-1], values.iloc[-1]
    axes.plot(values.index, values, dashes, color=THEME[colour], linewidth=1.2, alpha=0.7)
    axes.plot(
        step, last, "o", color=THEME[colour], markersize=4, gid=f"{TIP}{name}, step {step}: {brief(last, 4)}"
    )


def _at_the_end(title: str, runs: Mapping[str, pd.Series]) -> str:
    return f"{title}: {', '.join(brief(values.iloc[-1], 3) for values in runs.values())}"


def apart(heights: Sequence[float], least: float) -> list[float]:
    """Heights for labels as near to these as can be (least squares), in the same order, `least` apart."""
    order = np.argsort(heights, kind="stable")
    steps = least * np.arange(len(order))
    placed = np.empty(len(order))
    placed[order] = isotonic_regression(np.array(heights)[order] - steps).x + steps
    return placed.tolist()
