"""Ratios around one, such as language bias, as a table of coloured figures."""

from collections.abc import Mapping, Sequence

import matplotlib
import numpy as np
from matplotlib.patches import Rectangle

from switchrank.languages import language_name
from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import THEME, TIP, figure, ink_on, style, svg

_COLOURS = "PuOr"  # diverges around a near-white middle; colour-blind readers tell its ends apart
_STRONGEST = 2.0  # at this ratio and at its inverse the colours end


def ratio_map(title: str, rows: Mapping[str, Mapping[str, Estimate]], columns: Sequence[str]) -> str:
    """A row for each system, a column for each language; bold where the interval does not include one.

    Args:
        title: what the ratios are.
        rows: system → language → ratio; a language may be lacking.
        columns: the languages, in order.
    """
    colours = matplotlib.colormaps[_COLOURS]
    with style():
        drawn, axes = figure(
            134 + 40 * len(columns), 26 + 22 * len(rows), left=132, right=2, top=24, bottom=2
        )
        for y, (system, row) in enumerate(rows.items()):
            for language, ratio in row.items():
                x = columns.index(language)
                strength = np.log2(max(ratio.middle, 1e-9)) / np.log2(_STRONGEST)
                colour = colours(0.5 + np.clip(strength, -1, 1) / 2)
                tip = f"{TIP}{system}, {language_name(language)}: {ratio.text(2, sign=False)}"
                axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, gid=tip, clip_on=False))
                clear = not ratio.low <= 1 <= ratio.high
                text = {"color": ink_on(colour), "weight": "bold" if clear else "normal"}
                axes.text(x, y, f"{ratio.middle:.2f}", ha="center", va="center_baseline", **text)
        axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
        axes.set_xticks(range(len(columns)), columns)
        axes.set_yticks(range(len(rows)), list(rows))
        axes.tick_params(length=0, top=True, labeltop=True, labelbottom=False)
        axes.spines[:].set(visible=True, color=THEME["rule"])
    middles = {
        f"{system} {language}": ratio.middle
        for system, row in rows.items()
        for language, ratio in row.items()
    }
    ranked = sorted(middles, key=lambda name: (-middles[name], name))
    ends = " and ".join(f"{name} ({middles[name]:.2f})" for name in (ranked[0], ranked[-1]))
    return svg(drawn, f"{title}, {len(rows)} systems by {len(columns)} languages; the farthest are {ends}.")
