"""Gains over linguistic distance as a scatter plot."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, TIP, apart, figure, legend_above, look, style, svg

_LABELLED = 60  # of more points, labels would hide the points


@dataclass(frozen=True)
class Point:
    """A pair of languages: its name, distance, gain, and the group whose colour it takes."""

    label: str
    distance: float
    gain: Estimate
    group: str


def scatter(points: Sequence[Point], distances: str, gains: str, correlation: str) -> str:
    """Gain over distance, each point with its interval; points at one distance are spread a little sideways.

    Args:
        points: labelled unless they are very many.
        distances, gains: labels of the axes.
        correlation: what the text alternative says of it.
    """
    labelled = len(points) <= _LABELLED
    groups = list(dict.fromkeys(point.group for point in points))
    steps = sorted({point.distance for point in points})
    gap = min((b - a for a, b in pairwise(steps)), default=1)
    with style():
        drawn, axes = figure(640, 400, left=52, right=12, top=28, bottom=44)
        axes.axhline(0, color=THEME["ink"], linewidth=1)
        ends = [end for point in points for end in (point.gain.low, point.gain.high)]
        room = 0.05 * (max(ends) - min(ends)) or 1
        bottom, top = min(ends) - room, max(ends) + room
        axes.set(xlim=(steps[0] - 0.3 * gap, steps[-1] + 0.7 * gap), ylim=(bottom, top))
        least = 12 * (max(ends) - min(ends) + 2 * room) / 328  # a line of text
        for step in steps:
            here = [point for point in points if point.distance == step]
            heights = apart([point.gain.middle for point in here], least)
            for rank, (point, height) in enumerate(zip(here, heights, strict=True)):
                x = step + 0.3 * gap * (rank / max(1, len(here) - 1) - 0.5) * (len(here) > 1)
                colour, shape = look(groups.index(point.group))
                tip = f"{TIP}{point.label}, distance {point.distance:g}: {point.gain.text()}"
                axes.plot([x, x], [point.gain.low, point.gain.high], color=colour, linewidth=1, alpha=0.45)
                axes.plot(x, point.gain.middle, shape, color=colour, markersize=5.5, gid=tip)
                if labelled:
                    edge, thin = step + 0.22 * gap, {"color": THEME["rule"], "linewidth": 0.8, "zorder": 1}
                    axes.plot([x, edge], [point.gain.middle, height], **thin)
                    axes.text(edge + 0.02 * gap, height, point.label, size=10, va="center_baseline")
        axes.set_xticks(steps, [f"{step:g}" for step in steps])
        axes.set(xlabel=distances, ylabel=gains)
        axes.grid(axis="y")
        legend_above(axes, len(groups), groups)
    figures = " ".join(f"{p.label} at {p.distance:g}: {p.gain.text()}." for p in points) if labelled else ""
    shown = f"Scatter plot of {gains} over {distances}, {len(points)} pairs."
    return svg(drawn, f"{shown} {correlation} {figures}")
