"""Tables of coloured figures: the language matrix of a system, and ratios such as language bias."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from switchrank.languages import Pair, language_name, side_name
from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, TIP, figure, style, svg
from switchrank.statistics.numbers import brief, number
from switchrank.statistics.numbers import ratio as written

_SCORES = "viridis"  # perceptually uniform; its order shows to colour-blind readers and in grey
_RATIOS = "PuOr"  # diverges around a near-white middle; colour-blind readers tell its ends apart
_STRONGEST = 2.0  # at this ratio and at its inverse the colours end


@style()
def heatmap(
    system: str,
    cells: Mapping[Pair, Mapping[str, Any]],
    impossible: Collection[Pair],
    blocks: Sequence[Sequence[str]],
    highest: float,
    metric: str,
) -> str:
    """A metric × 100 of one system (pair → mean, interval), query languages down, document languages across.

    Impossible pairs have a dash, others without a cell stay blank. `blocks` are the names of the sides, a
    line between blocks. The colours go from 0 to `highest`, the same for all systems to be compared.
    """
    sides = [side for block in blocks for side in block]
    pairs = (*cells, *impossible)
    at = {pair: (sides.index(pair.document.name), sides.index(pair.query.name)) for pair in pairs}
    drawn, axes = figure(60 + 28 * len(sides), 44 + 24 * len(sides), left=58, right=2, top=42, bottom=2)
    for pair, cell in cells.items():
        score = Estimate.of(cell["mean"], cell["interval"])
        colour = matplotlib.colormaps[_SCORES](score.middle / highest)
        named = f"{side_name(pair.query)} → {side_name(pair.document)}"
        tip = f"{system}, {named}: {score.text(sign=False)}"
        _coloured(axes, *at[pair], colour, tip, number(score.middle, 0), size=12)
    for pair in impossible:
        axes.text(*at[pair], "–", color=THEME["muted"], ha="center", va="center_baseline")
    _label(axes, sides, sides)
    axes.set(xlabel="document language", ylabel="query language")
    axes.xaxis.set_label_position("top")
    for end in np.cumsum([len(block) for block in blocks])[:-1] - 0.5:
        axes.axhline(end, color=THEME["muted"], linewidth=1)
        axes.axvline(end, color=THEME["muted"], linewidth=1)
    ranked = sorted(cells, key=lambda pair: (-cells[pair]["mean"], str(pair)))
    ends = [f"{pair} ({number(100 * cells[pair]['mean'])})" for pair in (ranked[0], ranked[-1])]
    alt = (
        f"Heat map of {metric} × 100 of {system} for {len(cells)} pairs of query language and document "
        f"language: highest {ends[0]}, lowest {ends[1]}. The tables of this page have all figures."
    )
    return svg(drawn, alt)


@style()
def colour_scale(highest: float, metric: str) -> str:
    """The legend of heat maps of a metric whose scale runs from 0 to `highest`."""
    drawn, axes = figure(300, 52, left=12, right=12, top=4, bottom=34)
    for step, colour in enumerate(matplotlib.colormaps[_SCORES](np.linspace(0, 1, 64))):
        start = step * highest / 64  # each up to the end, under the next: no gaps between them
        axes.add_patch(Rectangle((start, 0), highest - start, 1, facecolor=colour))
    axes.set(xlim=(0, highest), ylim=(0, 1), yticks=[], xlabel=f"{metric} × 100")
    axes.spines[:].set_visible(False)
    return svg(drawn, f"Colour scale of the heat maps, from 0 (dark) to {brief(highest)} (bright).")


@style()
def ratio_map(title: str, rows: Mapping[str, Mapping[str, Estimate]], columns: Sequence[str]) -> str:
    """Ratios around 1 (system → language → ratio); bold where the interval does not include 1.

    `columns` are the languages, in order; a row may lack some.
    """
    width, height = 134 + 40 * len(columns), 26 + 22 * len(rows)
    drawn, axes = figure(width, height, left=132, right=2, top=24, bottom=2)
    middles = {}
    for y, (system, row) in enumerate(rows.items()):
        for language, ratio in row.items():
            middles[f"{system} {language}"] = ratio.middle
            strength = np.log2(max(ratio.middle, 1e-9)) / np.log2(_STRONGEST)
            colour = matplotlib.colormaps[_RATIOS](0.5 + np.clip(strength, -1, 1) / 2)
            tip = f"{system}, {language_name(language)}: {ratio.text(2, sign=False)}"
            weight = "normal" if ratio.low <= 1 <= ratio.high else "bold"
            _coloured(axes, columns.index(language), y, colour, tip, written(ratio.middle), weight=weight)
    _label(axes, columns, list(rows))
    ranked = sorted(middles, key=lambda name: (-middles[name], name))
    ends = " and ".join(f"{name} ({written(middles[name])})" for name in (ranked[0], ranked[-1]))
    return svg(drawn, f"{title}, {len(rows)} systems by {len(columns)} languages; the farthest are {ends}.")


def _coloured(axes: Axes, x: int, y: int, colour: Sequence[float], tip: str, text: str, **font: Any) -> None:
    """A coloured cell, its text black or white, whichever stands out more (relative luminance of WCAG 2)."""
    axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, gid=f"{TIP}{tip}", clip_on=False))
    linear = ((np.array(colour[:3]) + 0.055) / 1.055) ** 2.4
    ink = "white" if linear @ (0.2126, 0.7152, 0.0722) < 0.18 else "black"
    axes.text(x, y, text, color=ink, ha="center", va="center_baseline", **font)


def _label(axes: Axes, columns: Sequence[str], rows: Sequence[str]) -> None:
    """Columns named on top, rows named on the left, a frame around both."""
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(length=0, top=True, labeltop=True, labelbottom=False)
    axes.spines[:].set(visible=True, color=THEME["rule"])
