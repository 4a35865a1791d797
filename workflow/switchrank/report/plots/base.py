"""What all figures share: colours, sizes, and SVG that fits into a page.

Text stays text (searchable, in the font of the page). Colours of ink, lines and series become CSS variables
with the printed colour as fallback, so that a page may give them other values in its dark theme.
"""

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from xml.etree import ElementTree

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# The CSS variables, each with its fallback. The series begin with Okabe and Ito's, which colour-blind readers
# tell apart. Paper is not plain white, which figures use as ink on dark cells in any theme.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8c6bb1", "#b58900")
THEME = {"paper": "#fefefe", "ink": "#1d1f23", "muted": "#6a6f78", "rule": "#d4d7dc"}
THEME |= {f"series-{number}": colour for number, colour in enumerate(SERIES, start=1)}
MARKERS = "osD^vP"  # as many as series: no figure tells things apart by colour alone
TIP = "tip:"  # a gid that begins with this becomes the element's tooltip
_STYLE = {
    **{"svg.fonttype": "none", "font.size": 11, "axes.axisbelow": True},
    **dict.fromkeys(("axes.spines.top", "axes.spines.right"), False),
    **dict.fromkeys(("figure.facecolor", "axes.facecolor"), "none"),
    **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.labelcolor", "ytick.labelcolor"), THEME["ink"]),
    **dict.fromkeys(("axes.edgecolor", "xtick.color", "ytick.color"), THEME["muted"]),
    "grid.color": THEME["rule"],
}
_SVG = "http://www.w3.org/2000/svg"
ElementTree.register_namespace("", _SVG)
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")  # HTML knows no other prefix


@contextmanager
def style() -> Iterator[None]:
    """Matplotlib's own defaults, then ours: a reader's matplotlibrc changes nothing."""
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


def look(number: int) -> tuple[str, str]:
    """Colour and marker of a series, counted from 0."""
    return SERIES[number % len(SERIES)], MARKERS[number % len(MARKERS)]


def legend_above(axes: Axes, columns: int, series: Iterable[str] = ()) -> None:
    """The legend in the space over the axes: what is drawn with a label, and series drawn mark by mark."""
    for number, name in enumerate(series):
        colour, marker = look(number)
        axes.plot([], [], marker, color=colour, label=name)
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, frameon=False, borderpad=0, handlelength=1.5,
        columnspacing=1.2,
    )  # fmt: skip


def svg(drawn: Figure, alt: str) -> str:
    """The figure's SVG without metadata, and without ids and rules that would meddle with the page around."""
    buffer = io.BytesIO()
    matplotlib.rcParams["svg.hashsalt"] = alt  # ids that differ between the figures of a page
    drawn.savefig(buffer, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    read = ElementTree.fromstring(buffer.getvalue())
    _, _, width, height = read.get("viewBox").split()
    size = {"viewBox": read.get("viewBox"), "width": width, "height": height}
    root = ElementTree.Element(f"{{{_SVG}}}svg", {**size, "role": "img", "aria-label": alt})
    root.extend(child for child in read if not child.tag.endswith("metadata"))
    for element in root.iter():
        _untangle(element)
    text = ElementTree.tostring(root, encoding="unicode")
    for name, colour in THEME.items():
        text = text.replace(f": {colour}", f": var(--{name}, {colour})")
    text = re.sub(r" font-family: [^;]*;", "", text)  # the page's
    return re.sub(r">\s+<", "><", text)


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
