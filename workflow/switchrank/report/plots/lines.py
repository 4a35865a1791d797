"""Gains over the ratio of switching."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import MARKERS, SERIES, THEME, TIP, figure, legend_above, style, svg

_LEGEND = 3  # columns


@dataclass(frozen=True)
class Mark:
    """A system at a ratio. `apart` names what sets it off the line (its mode); empty: it is on the line."""

    ratio: float
    gain: Estimate
    system: str
    apart: str = ""


def lines(groups: Mapping[str, Sequence[Mark]], ratios: str, gains: str) -> str:
    """A line with intervals for each group; what is set apart stands to its right, larger and hollow.

    Args:
        groups: name of the group → its marks.
        ratios, gains: labels of the axes.
    """
    beside = list(dict.fromkeys(mark.apart for marks in groups.values() for mark in marks if mark.apart))
    rows = -(-(len(groups) + len(beside)) // _LEGEND)
    with style():
        drawn, axes = figure(430, 290 + 17 * rows, left=50, right=10, top=10 + 17 * rows, bottom=44)
        axes.axhline(0, color=THEME["ink"], linewidth=1)
        for place, (group, marks) in enumerate(groups.items()):
            colour, aside = SERIES[place % len(SERIES)], 0.006 * (place - (len(groups) - 1) / 2)
            line = sorted((mark for mark in marks if not mark.apart), key=lambda mark: mark.ratio)
            shown = [mark.ratio + aside for mark in line]
            axes.plot(shown, [mark.gain.middle for mark in line], color=colour, linewidth=1.5, label=group)
            for mark in marks:
                step = beside.index(mark.apart) + 1 if mark.apart else 0
                tip = f"{TIP}{mark.system}, {group}, ratio {mark.ratio:.2f}: {mark.gain.text()}"
                x = mark.ratio + aside + 0.04 * step  # what is set apart would lie on the line's mark
                look = {"color": colour, "markersize": 7 if step else 5}
                look |= {"markerfacecolor": THEME["paper"]} if step else {}
                axes.plot([x, x], [mark.gain.low, mark.gain.high], color=colour, linewidth=1, alpha=0.7)
                axes.plot(x, mark.gain.middle, _shape(step), gid=tip, **look)
        for step, name in enumerate(beside, 1):
            look = {"color": THEME["muted"], "markerfacecolor": THEME["paper"]}
            axes.plot([], [], _shape(step), label=name, **look)
        axes.set(xlim=(-0.05, 1.05 + 0.04 * len(beside)), xlabel=ratios, ylabel=gains)
        axes.grid(axis="y")
        legend_above(axes, _LEGEND)
    figures = " ".join(
        f"{mark.system}, {group}, at {mark.ratio:.2f}: {mark.gain.text()}."
        for group, marks in groups.items()
        for mark in marks
    )
    return svg(drawn, f"{gains} over {ratios} with 95 % intervals. {figures}")


def _shape(step: int) -> str:
    """A circle on the line, other shapes beside it."""
    return MARKERS[0] if not step else MARKERS[1:][(step - 1) % len(MARKERS[1:])]
