"""Ratios around one, such as language bias, as a table of coloured figures."""

from collections.abc import Mapping, Sequence

import matplotlib
import numpy as np

from switchrank.languages import language_name
from switchrank.report.estimates import Estimate
from switchrank.report.plots.base import coloured, figure, label_matrix, style, svg

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
        width, height = 134 + 40 * len(columns), 26 + 22 * len(rows)
        drawn, axes = figure(width, height, left=132, right=2, top=24, bottom=2)
        for y, (system, row) in enumerate(rows.items()):
            for language, ratio in row.items():
                strength = np.log2(max(ratio.middle, 1e-9)) / np.log2(_STRONGEST)
                colour = colours(0.5 + np.clip(strength, -1, 1) / 2)
                tip = f"{system}, {language_name(language)}: {ratio.text(2, sign=False)}"
                weight = "normal" if ratio.low <= 1 <= ratio.high else "bold"
                coloured(axes, columns.index(language), y, colour, tip, f"{ratio.middle:.2f}", weight=weight)
        label_matrix(axes, columns, list(rows))
    middles = {
        f"{system} {language}": ratio.middle
        for system, row in rows.items()
        for language, ratio in row.items()
    }
    ranked = sorted(middles, key=lambda name: (-middles[name], name))
    ends = " and ".join(f"{name} ({middles[name]:.2f})" for name in (ranked[0], ranked[-1]))
    return svg(drawn, f"{title}, {len(rows)} systems by {len(columns)} languages; the farthest are {ends}.")
