"""Estimates with intervals, a row for each system, side by side for several series."""

from collections.abc import Mapping

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import MARKERS, SERIES, THEME, TIP, figure, legend_above, style, svg


def dots(label: str, rows: Mapping[str, Mapping[str, Estimate]], zero: float, decimals: int = 2) -> str:
    """A dot plot.

    Args:
        label: of the values' axis.
        rows: label of the row → series → estimate; a series may be lacking in a row.
        zero: where the line is that intervals are to be compared with.
        decimals: of the figures in tooltips and in the text alternative.
    """
    names = list(dict.fromkeys(series for row in rows.values() for series in row))
    pitch = max(20, 9 * len(names) + 6)
    with style():
        drawn, axes = figure(560, pitch * len(rows) + 72, left=130, right=12, top=28, bottom=44)
        axes.axvline(zero, color=THEME["ink"], linewidth=1)
        for y, (name, row) in enumerate(rows.items()):
            for series, estimate in row.items():
                place = names.index(series)
                height = y + (place - (len(names) - 1) / 2) * 9 / pitch
                tip = f"{TIP}{name}, {series}: {estimate.text(decimals, sign=False)}"
                colour, shape = SERIES[place % len(SERIES)], MARKERS[place % len(MARKERS)]
                axes.plot([estimate.low, estimate.high], [height, height], color=colour, linewidth=1.5)
                axes.plot(estimate.middle, height, shape, color=colour, markersize=5, gid=tip)
        for place, series in enumerate(names):
            axes.plot([], [], MARKERS[place % len(MARKERS)], color=SERIES[place % len(SERIES)], label=series)
        axes.set_yticks(range(len(rows)), list(rows))
        axes.set(ylim=(len(rows) - 0.5, -0.5), xlabel=label)
        axes.tick_params(left=False)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        legend_above(axes, len(names))
    figures = " ".join(
        f"{name}, {series}: {estimate.text(decimals, sign=False)}."
        for name, row in rows.items()
        for series, estimate in row.items()
    )
    return svg(drawn, f"Dot plot of {label} with 95 % intervals. {figures}")
