"""Estimates with intervals, a row for each system, side by side for several series."""

from collections.abc import Mapping

from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, TIP, figure, label_rows, legend_above, look, style, svg


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
                colour, shape = look(place)
                axes.plot([estimate.low, estimate.high], [height, height], color=colour, linewidth=1.5)
                axes.plot(estimate.middle, height, shape, color=colour, markersize=5, gid=tip)
        axes.set(ylim=(len(rows) - 0.5, -0.5), xlabel=label)
        label_rows(axes, range(len(rows)), list(rows))
        legend_above(axes, len(names), names)
    figures = " ".join(
        f"{name}, {series}: {estimate.text(decimals, sign=False)}."
        for name, row in rows.items()
        for series, estimate in row.items()
    )
    return svg(drawn, f"Dot plot of {label} with 95 % intervals. {figures}")
