"""The language matrix of one system as a heat map."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from switchrank.languages import Pair, side_name
from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, coloured, figure, label_matrix, style, svg

_COLOURS = "viridis"  # perceptually uniform; its order shows to colour-blind readers and in grey


def heatmap(
    system: str,
    cells: Mapping[Pair, Mapping[str, Any]],
    impossible: Collection[Pair],
    blocks: Sequence[Sequence[str]],
    highest: float,
    metric: str,
) -> str:
    """A metric × 100 of one system, query languages down, document languages across.

    Args:
        system: its name.
        cells: pair → its cell (mean, interval).
        impossible: pairs that cannot have a cell, marked with a dash.
        blocks: names of the sides in order, in blocks that a line separates; every other pair of them
            without a cell is left blank.
        highest: what the darkest-to-brightest scale ends at (it starts at 0), the same for all systems that
            are to be compared.
        metric: its name.
    """
    sides = [side for block in blocks for side in block]
    colours = matplotlib.colormaps[_COLOURS]
    with style():
        drawn, axes = figure(60 + 28 * len(sides), 44 + 24 * len(sides), left=58, right=2, top=42, bottom=2)
        for pair, cell in cells.items():
            x, y = _place(pair, sides)
            score = Estimate.of(cell["mean"], cell["interval"])
            colour = colours(score.middle / highest)
            named = f"{side_name(pair.query)} → {side_name(pair.document)}"
            tip = f"{system}, {named}: {score.text(sign=False)}"
            coloured(axes, x, y, colour, tip, f"{score.middle:.0f}", size=12)
        for pair in impossible:
            axes.text(*_place(pair, sides), "–", color=THEME["muted"], ha="center", va="center_baseline")
        _axes(axes, sides, blocks)
    ranked = sorted(cells, key=lambda pair: (-cells[pair]["mean"], str(pair)))
    ends = [f"{pair} ({100 * cells[pair]['mean']:.1f})" for pair in (ranked[0], ranked[-1])]
    alt = (
        f"Heat map of {metric} × 100 of {system} for {len(cells)} pairs of query language and document "
        f"language: highest {ends[0]}, lowest {ends[1]}. The tables of this page have all figures."
    )
    return svg(drawn, alt)


def colour_scale(highest: float, metric: str) -> str:
    """The legend of heat maps of a metric whose scale runs from 0 to `highest`."""
    with style():
        drawn, axes = figure(300, 52, left=12, right=12, top=4, bottom=34)
        for step, colour in enumerate(matplotlib.colormaps[_COLOURS](np.linspace(0, 1, 64))):
            start = step * highest / 64  # each up to the end, under the next: no gaps between them
            axes.add_patch(Rectangle((start, 0), highest - start, 1, facecolor=colour))
        axes.set(xlim=(0, highest), ylim=(0, 1), yticks=[], xlabel=f"{metric} × 100")
        axes.spines[:].set_visible(False)
    return svg(drawn, f"Colour scale of the heat maps, from 0 (dark) to {highest:g} (bright).")


def _place(pair: Pair, sides: Sequence[str]) -> tuple[int, int]:
    return sides.index(pair.document.name), sides.index(pair.query.name)


def _axes(axes: Axes, sides: Sequence[str], blocks: Sequence[Sequence[str]]) -> None:
    label_matrix(axes, sides, sides)
    axes.set(xlabel="document language", ylabel="query language")
    axes.xaxis.set_label_position("top")
    for end in np.cumsum([len(block) for block in blocks])[:-1] - 0.5:
        axes.axhline(end, color=THEME["muted"], linewidth=1)
        axes.axvline(end, color=THEME["muted"], linewidth=1)
