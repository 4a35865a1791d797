"""The report's figures as SVG: the same bytes for the same data, readable on light and on dark pages.

Text stays text (searchable, in the font of the page). Colours of ink, lines and series become CSS variables
with the printed colour as fallback, so that a page may give them other values in its dark theme.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from switchrank.languages import name_of, parse_pair

# The CSS variables, each with its fallback. The series begin with Okabe and Ito's, which colour-blind readers
# tell apart.
THEME = {
    "ink": "#1d1f23",
    "muted": "#6a6f78",
    "rule": "#d4d7dc",
    "series-1": "#0072b2",
    "series-2": "#d55e00",
    "series-3": "#009e73",
    "series-4": "#cc79a7",
    "series-5": "#8c6bb1",
    "series-6": "#b58900",
}
_COLOURS = "viridis"  # perceptually uniform; its order shows to colour-blind readers and in grey
_VERDICTS = {"above": THEME["series-1"], "below": THEME["series-2"], "level": THEME["muted"]}
_STYLE = {
    "svg.fonttype": "none",
    "font.size": 11,
    "axes.edgecolor": THEME["muted"],
    "axes.labelcolor": THEME["ink"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": THEME["ink"],
    "xtick.color": THEME["muted"],
    "xtick.labelcolor": THEME["ink"],
    "ytick.color": THEME["muted"],
    "ytick.labelcolor": THEME["ink"],
    "grid.color": THEME["rule"],
    "figure.facecolor": "none",
    "axes.facecolor": "none",
}
_SVG = "http://www.w3.org/2000/svg"
_TIP = "tip:"
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")  # HTML knows no other prefix


@dataclass(frozen=True)
class Difference:
    """One row of a forest plot, in points of MRR@10 × 100.

    Attributes:
        label: what the row is about.
        difference: the estimate.
        interval: lower and upper end.
        average: whether it is an average over the rows of its group: drawn as a diamond.
    """

    label: str
    difference: float
    interval: tuple[float, float]
    average: bool = False

    @property
    def verdict(self) -> str:
        """Where the interval lies: "above" or "below" zero, or "level" if it includes zero."""
        return "above" if self.interval[0] > 0 else "below" if self.interval[1] < 0 else "level"


def heatmap(
    system: str, cells: Mapping[str, Mapping[str, Any]], blocks: Sequence[Sequence[str]], highest: float
) -> str:
    """MRR@10 × 100 of one system, query languages down, document languages across.

    Args:
        system: its name.
        cells: pair → its cell (mean, interval).
        blocks: the sides in order, in blocks that a line separates; every pair of them without a cell is
            left blank.
        highest: what the darkest-to-brightest scale ends at (it starts at 0), the same for all systems that
            are to be compared.
    """
    sides = [side for block in blocks for side in block]
    colours = matplotlib.colormaps[_COLOURS]
    with _style():
        figure, axes = _figure(60 + 28 * len(sides), 44 + 24 * len(sides), left=58, right=2, top=42, bottom=2)
        for pair, cell in cells.items():
            query, document = parse_pair(pair)
            x, y, score = sides.index(document), sides.index(query), 100 * cell["mean"]
            colour = colours(score / highest)
            low, high = (100 * end for end in cell["interval"])
            tip = f"{system}, {name_of(query)} → {name_of(document)}: {score:.1f} ({low:.1f} to {high:.1f})"
            axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, gid=_TIP + tip))
            axes.text(x, y, f"{score:.0f}", color=_ink_on(colour), size=12, ha="center", va="center_baseline")
        _matrix_axes(axes, sides, blocks)
    ranked = sorted(cells, key=lambda pair: (-cells[pair]["mean"], pair))
    ends = [f"{pair} ({100 * cells[pair]['mean']:.1f})" for pair in (ranked[0], ranked[-1])]
    alt = (
        f"Heat map of MRR@10 × 100 of {system} for {len(cells)} pairs of query language and document "
        f"language: highest {ends[0]}, lowest {ends[1]}. The tables of this page have all figures."
    )
    return _svg(figure, alt)


def colour_scale(highest: float) -> str:
    """The legend of heat maps whose scale runs from 0 to `highest`."""
    with _style():
        figure, axes = _figure(300, 52, left=12, right=12, top=4, bottom=34)
        for step, colour in enumerate(matplotlib.colormaps[_COLOURS](np.linspace(0, 1, 64))):
            start = step * highest / 64  # each up to the end, under the next: no gaps between them
            axes.add_patch(Rectangle((start, 0), highest - start, 1, facecolor=colour))
        axes.set(xlim=(0, highest), ylim=(0, 1), yticks=[], xlabel="MRR@10 × 100")
        axes.spines[:].set_visible(False)
    return _svg(figure, f"Colour scale of the heat maps, from 0 (dark) to {highest:g} (bright).")


def forest(title: str, groups: Mapping[str, Sequence[Difference]]) -> str:
    """Differences with their intervals, row by row in groups; averages are diamonds as wide as the interval.

    Args:
        title: what is subtracted from what, the label of the axis.
        groups: heading → rows.
    """
    rows = sum(len(differences) for differences in groups.values())
    height = 19 * (rows + 1.6 * len(groups))
    with _style():
        figure, axes = _figure(530, height + 46, left=80, right=136, top=0, bottom=46)
        axes.axvline(0, color=THEME["ink"], linewidth=1)
        y, ticks = 0.0, {}
        for heading, differences in groups.items():
            y += 1.1
            _beside(axes, 0, -78, y, heading, "bold")
            for row in differences:
                y += 1
                _forest_row(axes, y, row)
                ticks[y] = row.label
            y += 0.5
        axes.set(ylim=(y + 0.2, 0.3), xlabel=title)
        axes.set_yticks(list(ticks), list(ticks.values()))
        axes.tick_params(left=False)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x", zorder=0)
    every = [row for differences in groups.values() for row in differences]
    counts = {name: sum(row.verdict == name for row in every) for name in _VERDICTS}
    alt = (
        f"Forest plot of {title} with 95 % intervals: {counts['above']} of {len(every)} rows lie above zero, "
        f"{counts['below']} below, {counts['level']} have intervals that include zero. "
        + " ".join(f"{row.label}: {_estimate(row)}." for row in every)
    )
    return _svg(figure, alt)


def curves(logs: Mapping[str, Mapping[str, pd.Series]], label: str) -> str:
    """One line per system and seed over the training steps; seeds of a system share its colour.

    Args:
        logs: system → seed → values, index step; the last step is marked.
        label: of the values' axis.
    """
    with _style():
        figure, axes = _figure(430, 270, left=52, right=10, top=34, bottom=44)
        for number, (system, seeds) in enumerate(logs.items()):
            colour = THEME[f"series-{number % 6 + 1}"]
            for seed, values in seeds.items():
                named = {"label": system} if seed == next(iter(seeds)) else {}
                axes.plot(values.index, values, color=colour, linewidth=1.4, alpha=0.8, **named)
                tip = f"{system}, seed {seed}, step {values.index[-1]}: {values.iloc[-1]:.4g}"
                axes.plot(values.index[-1], values.iloc[-1], "o", color=colour, markersize=4, gid=_TIP + tip)
        axes.set(xlabel="training step", ylabel=label)
        axes.set_xlim(left=0)
        axes.grid(axis="y")
        axes.legend(
            loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderpad=0, handlelength=1.5
        )
    last = "; ".join(
        f"{system}: {', '.join(f'{values.iloc[-1]:.3g}' for values in seeds.values())}"
        for system, seeds in logs.items()
    )
    return _svg(figure, f"{label} over training steps. At the last step: {last}.")


def _ink_on(colour: Sequence[float]) -> str:
    """Black or white, whichever stands out more (relative luminance of WCAG 2)."""
    linear = ((np.array(colour[:3]) + 0.055) / 1.055) ** 2.4
    return "white" if linear @ (0.2126, 0.7152, 0.0722) < 0.18 else "black"


def _matrix_axes(axes: Axes, sides: Sequence[str], blocks: Sequence[Sequence[str]]) -> None:
    edge = len(sides) - 0.5
    axes.set(xlim=(-0.5, edge), ylim=(edge, -0.5), xlabel="document language", ylabel="query language")
    axes.set_xticks(range(len(sides)), sides)
    axes.set_yticks(range(len(sides)), sides)
    axes.xaxis.set_label_position("top")
    axes.tick_params(length=0, top=True, labeltop=True, labelbottom=False)
    axes.spines[:].set(visible=True, color=THEME["rule"])
    for end in np.cumsum([len(block) for block in blocks])[:-1] - 0.5:
        axes.axhline(end, color=THEME["muted"], linewidth=1)
        axes.axvline(end, color=THEME["muted"], linewidth=1)


def _forest_row(axes: Axes, y: float, row: Difference) -> None:
    colour, (low, high), middle = _VERDICTS[row.verdict], row.interval, row.difference
    tip = f"{_TIP}{row.label}: {_estimate(row)}"
    if row.average:
        corners = [(low, y), (middle, y - 0.38), (high, y), (middle, y + 0.38)]
        axes.add_patch(Polygon(corners, facecolor=colour, edgecolor=colour, zorder=3, gid=tip))
    else:
        axes.plot([low, high], [y, y], color=colour, linewidth=1.6, gid=tip)
        axes.plot(middle, y, "o", color=colour, markersize=5, gid=tip)
    _beside(axes, 1, 8, y, _estimate(row), "bold" if row.average else "normal")


def _beside(axes: Axes, edge: int, points: float, y: float, text: str, weight: str) -> None:
    """Text at height y, so many points right of the axes' left (0) or right (1) edge."""
    axes.annotate(
        text,
        (edge, y),
        (points, 0),
        ("axes fraction", "data"),
        "offset points",
        weight=weight,
        va="center_baseline",
        annotation_clip=False,
    )


def _estimate(row: Difference) -> str:
    low, high = row.interval
    return f"{row.difference:+.1f} ({low:+.1f} to {high:+.1f})".replace("-", "−")


@contextmanager
def _style() -> Iterator[None]:
    """Matplotlib's own defaults, then ours: a reader's own matplotlibrc changes nothing."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def _figure(
    width: float, height: float, left: float, right: float, top: float, bottom: float
) -> tuple[Figure, Axes]:
    """A figure of this size with one axes inside the margins; in points, which a page shows as pixels."""
    figure = Figure(figsize=(width / 72, height / 72))
    inner = (width - left - right) / width, (height - top - bottom) / height
    return figure, figure.add_axes((left / width, bottom / height, *inner))


def _svg(figure: Figure, alt: str) -> str:
    """The figure's SVG without metadata, and without ids and rules that would meddle with the page around."""
    buffer = io.BytesIO()
    with _style():
        matplotlib.rcParams["svg.hashsalt"] = alt  # ids that differ between the figures of a page
        figure.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    drawn = ElementTree.fromstring(buffer.getvalue())
    _, _, width, height = drawn.get("viewBox").split()
    root = ElementTree.Element(
        f"{{{_SVG}}}svg",
        {"viewBox": drawn.get("viewBox"), "width": width, "height": height, "role": "img", "aria-label": alt},
    )
    root.extend(child for child in drawn if not child.tag.endswith("metadata"))
    for element in root.iter():
        _untangle(element)
    return _themed(ElementTree.tostring(root, encoding="unicode"))


def _untangle(element: ElementTree.Element) -> None:
    for child in [child for child in element if child.tag.endswith("style")]:
        element.remove(child)  # its rule is for *, which would be the whole page
    if element.tag.endswith("}g"):
        name = element.attrib.pop("id", "")  # "axes_1" in every figure, and none refers to it
        if name.startswith(_TIP):
            title = ElementTree.Element(f"{{{_SVG}}}title")
            title.text = name.removeprefix(_TIP)
            element.insert(0, title)


def _themed(svg: str) -> str:
    for name, colour in THEME.items():
        svg = svg.replace(f": {colour}", f": var(--{name}, {colour})")
    return re.sub(r" font-family: [^;]*;", "", svg)  # the page's
