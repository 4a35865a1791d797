"""Estimates with their intervals row by row: forest plots of differences, and dot plots."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Polygon

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, TIP, figure, legend_above, look, style, svg
from switchrank.statistics.numbers import number

_VERDICTS = {"above": THEME["series-1"], "below": THEME["series-2"], "level": THEME["muted"]}


class Difference(NamedTuple):
    """A row of a forest, in points of a metric × 100."""

    label: str
    estimate: Estimate
    significant: bool  # after correction for the family of tests
    average: bool = False


@style()
def forest(title: str, groups: Mapping[str, Sequence[Difference]]) -> str:
    """Differences (heading → rows) over an axis labelled `title`: what is subtracted from what.

    A filled mark is significant after correction, a hollow one is not; colours say where the interval is.
    Averages are diamonds as wide as their interval. A mark's tooltip says what was detectable.
    """
    rows = [row for differences in groups.values() for row in differences]
    height = 19 * (len(rows) + 1.6 * len(groups))
    drawn, axes = figure(544, height + 46, left=80, right=150, top=0, bottom=46)
    axes.axvline(0, color=THEME["ink"], linewidth=1)
    y, ticks = 0.0, {}
    for heading, differences in groups.items():
        y += 1.1
        _beside(axes, 0, -78, y, heading, "bold")
        for row in differences:
            y += 1
            _difference(axes, y, row)
            ticks[y] = row.label
        y += 0.5
    axes.set(ylim=(y + 0.2, 0.3), xlabel=title)
    _label_rows(axes, list(ticks), list(ticks.values()))
    counts = {name: sum(row.estimate.verdict == name for row in rows) for name in _VERDICTS}
    corrected = sum(row.significant for row in rows)
    alt = (
        f"Forest plot of {title} with 95 % intervals: {counts['above']} of {len(rows)} rows lie above zero, "
        f"{counts['below']} below, {counts['level']} have intervals that include zero; {corrected} are "
        "significant after correction. " + " ".join(f"{row.label}: {_said(row.estimate)}." for row in rows)
    )
    return svg(drawn, alt)


@style()
def dots(label: str, rows: Mapping[str, Mapping[str, Estimate | None]], zero: float) -> str:
    """A dot plot of row → series → estimate, over an axis with a line at `zero`.

    What has no estimate is left out; the empty text if nothing has.
    """
    rows = {name: {series: e for series, e in row.items() if e} for name, row in rows.items()}
    rows = {name: row for name, row in rows.items() if row}
    if not rows:
        return ""
    names = list(dict.fromkeys(series for row in rows.values() for series in row))
    pitch = max(20, 9 * len(names) + 6)
    figures = []
    drawn, axes = figure(560, pitch * len(rows) + 72, left=130, right=12, top=28, bottom=44)
    axes.axvline(zero, color=THEME["ink"], linewidth=1)
    for y, (name, row) in enumerate(rows.items()):
        for series, estimate in row.items():
            place = names.index(series)
            height = y + (place - (len(names) - 1) / 2) * 9 / pitch
            figures.append(f"{name}, {series}: {estimate.text(2, sign=False)}")
            colour, shape = look(place)
            axes.plot([estimate.low, estimate.high], [height, height], color=colour, linewidth=1.5)
            axes.plot(estimate.middle, height, shape, color=colour, markersize=5, gid=f"{TIP}{figures[-1]}")
    axes.set(ylim=(len(rows) - 0.5, -0.5), xlabel=label)
    _label_rows(axes, range(len(rows)), list(rows))
    legend_above(axes, len(names), names)
    return svg(drawn, f"Dot plot of {label} with 95 % intervals. {'. '.join(figures)}.")


def _difference(axes: Axes, y: float, row: Difference) -> None:
    middle, low, high, _ = row.estimate
    colour = _VERDICTS[row.estimate.verdict]
    inside = colour if row.significant else THEME["paper"]
    found = "significant" if row.significant else "not significant"
    tip = f"{TIP}{row.label}: {_said(row.estimate)}, {found} after correction"
    if row.average:
        corners = [(low, y), (middle, y - 0.38), (high, y), (middle, y + 0.38)]
        axes.add_patch(Polygon(corners, facecolor=inside, edgecolor=colour, zorder=3, gid=tip))
    else:
        axes.plot([low, high], [y, y], color=colour, linewidth=1.6)
        axes.plot(middle, y, "o", color=colour, markerfacecolor=inside, markersize=6, gid=tip)
    _beside(axes, 1, 8, y, row.estimate.text(), "bold" if row.average else "normal")


def _said(estimate: Estimate) -> str:
    """A difference with its interval, and what was detectable."""
    return f"{estimate.text()}, detectable {number(estimate.detectable)}"


def _beside(axes: Axes, edge: int, points: float, y: float, text: str, weight: str) -> None:
    """Text at height y, so many points right of the axes' left (0) or right (1) edge."""
    axes.annotate(
        text, (edge, y), (points, 0), ("axes fraction", "data"), "offset points",
        weight=weight, va="center_baseline", annotation_clip=False,
    )  # fmt: skip


def _label_rows(axes: Axes, heights: Sequence[float], labels: Sequence[str]) -> None:
    """Labels at heights, which are rows and not values: no axis line, a grid across."""
    axes.set_yticks(heights, labels)
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
