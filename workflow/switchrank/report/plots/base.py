"""What all figures share: colours, sizes, and SVG that fits into a page.

Text stays text (searchable, in the font of the page). Colours of ink, lines and series become CSS variables
with the printed colour as fallback, so that a page may give them other values in its dark theme.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from xml.etree import ElementTree

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

# The CSS variables, each with its fallback. The series begin with Okabe and Ito's, which colour-blind readers
# tell apart. Paper is not plain white, which figures use as ink on dark cells in any theme.
THEME = {
    "paper": "#fefefe",
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
SERIES = [colour for name, colour in THEME.items() if name.startswith("series")]
MARKERS = "osD^vP"  # as many as series: no figure tells things apart by colour alone
TIP = "tip:"  # a gid that begins with this becomes the element's tooltip
_STYLE = {
    "svg.fonttype": "none",
    "font.size": 11,
    "axes.edgecolor": THEME["muted"],
    "axes.labelcolor": THEME["ink"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
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
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")  # HTML knows no other prefix


@contextmanager
def style() -> Iterator[None]:
    """Matplotlib's own defaults, then ours: a reader's own matplotlibrc changes nothing."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def figure(
    width: float, height: float, left: float, right: float, top: float, bottom: float
) -> tuple[Figure, Axes]:
    """A figure of this size with one axes inside the margins; in points, which a page shows as pixels."""
    drawn = Figure(figsize=(width / 72, height / 72))
    inner = (width - left - right) / width, (height - top - bottom) / height
    return drawn, drawn.add_axes((left / width, bottom / height, *inner))


def beside(axes: Axes, edge: int, points: float, y: float, text: str, weight: str = "normal") -> None:
    """Text at height y, so many points right of the axes' left (0) or right (1) edge."""
    axes.annotate(
        text, (edge, y), (points, 0), ("axes fraction", "data"), "offset points",
        weight=weight, va="center_baseline", annotation_clip=False,
    )  # fmt: skip


def look(place: int) -> tuple[str, str]:
    """Colour and marker of the series at a place."""
    return SERIES[place % len(SERIES)], MARKERS[place % len(MARKERS)]


def legend_above(axes: Axes, columns: int, series: Iterable[str] = ()) -> None:
    """The legend in the space over the axes: what is drawn with a label, and series drawn mark by mark."""
    for place, name in enumerate(series):
        colour, marker = look(place)
        axes.plot([], [], marker, color=colour, label=name)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False, borderpad=0, handlelength=1.5,
        columnspacing=1.2,
    )  # fmt: skip


def label_rows(axes: Axes, heights: Sequence[float], labels: Sequence[str]) -> None:
    """Labels at heights, which stand for rows and not for values: no axis line, a grid across."""
    axes.set_yticks(heights, labels)
    axes.tick_params(left=False)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")


def coloured(axes: Axes, x: int, y: int, colour: Sequence[float], tip: str, text: str, **font: Any) -> None:
    """A coloured cell of a matrix and the text in it."""
    axes.add_patch(Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=colour, gid=f"{TIP}{tip}", clip_on=False))
    axes.text(x, y, text, color=ink_on(colour), ha="center", va="center_baseline", **font)


def label_matrix(axes: Axes, columns: Sequence[str], rows: Sequence[str]) -> None:
    """Columns named on top, rows named on the left, a frame around both."""
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xticks(range(len(columns)), columns)
    axes.set_yticks(range(len(rows)), rows)
    axes.tick_params(length=0, top=True, labeltop=True, labelbottom=False)
    axes.spines[:].set(visible=True, color=THEME["rule"])


def ink_on(colour: Sequence[float]) -> str:
    """Black or white, whichever stands out more (relative luminance of WCAG 2)."""
    linear = ((np.array(colour[:3]) + 0.055) / 1.055) ** 2.4
    return "white" if linear @ (0.2126, 0.7152, 0.0722) < 0.18 else "black"


def apart(heights: Iterable[float], least: float) -> list[float]:
    """Heights for labels that shall be near these, in the same order, and at least so far from each other."""
    wanted = list(heights)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    clusters: list[tuple[float, list[int]]] = []  # centre, members: evenly spaced around it
    for i in order:
        centre, members = wanted[i], [i]
        while clusters and centre - least * (len(members) - 1) / 2 < _top(clusters[-1], least) + least:
            members = clusters.pop()[1] + members
            centre = sum(wanted[member] for member in members) / len(members)
        clusters.append((centre, members))
    placed = {
        member: centre + least * (rank - (len(members) - 1) / 2)
        for centre, members in clusters
        for rank, member in enumerate(members)
    }
    return [placed[i] for i in range(len(wanted))]


def svg(drawn: Figure, alt: str) -> str:
    """The figure's SVG without metadata, and without ids and rules that would meddle with the page around."""
    buffer = io.BytesIO()
    with style():
        matplotlib.rcParams["svg.hashsalt"] = alt  # ids that differ between the figures of a page
        drawn.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    read = ElementTree.fromstring(buffer.getvalue())
    _, _, width, height = read.get("viewBox").split()
    size = {"viewBox": read.get("viewBox"), "width": width, "height": height}
    root = ElementTree.Element(f"{{{_SVG}}}svg", {**size, "role": "img", "aria-label": alt})
    root.extend(child for child in read if not child.tag.endswith("metadata"))
    for element in root.iter():
        _untangle(element)
    return _themed(ElementTree.tostring(root, encoding="unicode"))


def _top(cluster: tuple[float, list[int]], least: float) -> float:
    centre, members = cluster
    return centre + least * (len(members) - 1) / 2


def _untangle(element: ElementTree.Element) -> None:
    for name in ("d", "x", "y", "transform", "width", "height"):
        if name in element.attrib:  # a hundredth of a pixel is enough
            element.set(name, re.sub(r"(\.\d\d)\d+", r"\1", element.get(name)))
    for child in [child for child in element if child.tag.endswith("style")]:
        element.remove(child)  # its rule is for *, which would be the whole page
    if element.tag.endswith("}g"):
        name = element.attrib.pop("id", "")  # "axes_1" in every figure, and none refers to it
        if name.startswith(TIP):
            title = ElementTree.Element(f"{{{_SVG}}}title")
            title.text = name.removeprefix(TIP)
            element.insert(0, title)


def _themed(drawn: str) -> str:
    for name, colour in THEME.items():
        drawn = drawn.replace(f": {colour}", f": var(--{name}, {colour})")
    drawn = re.sub(r" font-family: [^;]*;", "", drawn)  # the page's
    return re.sub(r">\s+<", "><", drawn)
