"""Differences between two systems as a forest plot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, TIP, beside, figure, label_rows, style, svg

_VERDICTS = {"above": THEME["series-1"], "below": THEME["series-2"], "level": THEME["muted"]}


@dataclass(frozen=True)
class Difference:
    """One row, in points of a metric × 100.

    Attributes:
        label: what the row is about.
        estimate: the difference with its interval.
        significant: whether it is after correction for the family of tests; None for an average, which is in
            no family and drawn as a diamond.
    """

    label: str
    estimate: Estimate
    significant: bool | None = None


def forest(title: str, groups: Mapping[str, Sequence[Difference]]) -> str:
    """Differences with their intervals, row by row in groups.

    A filled mark is significant after correction, a hollow one is not; colours say where the interval lies.
    Averages are diamonds as wide as their interval.

    Args:
        title: what is subtracted from what, the label of the axis.
        groups: heading → rows.
    """
    rows = sum(len(differences) for differences in groups.values())
    height = 19 * (rows + 1.6 * len(groups))
    with style():
        drawn, axes = figure(544, height + 46, left=80, right=150, top=0, bottom=46)
        axes.axvline(0, color=THEME["ink"], linewidth=1)
        y, ticks = 0.0, {}
        for heading, differences in groups.items():
            y += 1.1
            beside(axes, 0, -78, y, heading, "bold")
            for row in differences:
                y += 1
                _row(axes, y, row)
                ticks[y] = row.label
            y += 0.5
        axes.set(ylim=(y + 0.2, 0.3), xlabel=title)
        label_rows(axes, list(ticks), list(ticks.values()))
    return svg(drawn, _alt(title, [row for differences in groups.values() for row in differences]))


def _row(axes: Axes, y: float, row: Difference) -> None:
    estimate = row.estimate
    colour, text = _VERDICTS[estimate.verdict], estimate.text()
    tip = f"{TIP}{row.label}: {text}"
    if row.significant is None:
        middle = estimate.middle
        corners = [(estimate.low, y), (middle, y - 0.38), (estimate.high, y), (middle, y + 0.38)]
        axes.add_patch(Polygon(corners, facecolor=colour, edgecolor=colour, zorder=3, gid=tip))
    else:
        tip += ", significant after correction" if row.significant else ", not significant after correction"
        axes.plot([estimate.low, estimate.high], [y, y], color=colour, linewidth=1.6)
        inside = colour if row.significant else THEME["paper"]
        axes.plot(estimate.middle, y, "o", color=colour, markerfacecolor=inside, markersize=6, gid=tip)
    beside(axes, 1, 8, y, text, "bold" if row.significant is None else "normal")


def _alt(title: str, rows: Sequence[Difference]) -> str:
    counts = {name: sum(row.estimate.verdict == name for row in rows) for name in _VERDICTS}
    corrected = sum(row.significant is True for row in rows)
    return (
        f"Forest plot of {title} with 95 % intervals: {counts['above']} of {len(rows)} rows lie above zero, "
        f"{counts['below']} below, {counts['level']} have intervals that include zero; {corrected} are "
        "significant after correction. " + " ".join(f"{row.label}: {row.estimate.text()}." for row in rows)
    )
