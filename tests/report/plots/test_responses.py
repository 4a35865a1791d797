"""Averages over the values of a setting, and controls."""

from xml.etree import ElementTree

from switchrank.report.estimates import Estimate
from switchrank.report.plots.responses import Level, Panel, responses

SVG = "{http://www.w3.org/2000/svg}"


def level(middle, gain=None, system="any"):
    ends = gain and Estimate(gain, gain - 1, gain + 1)
    return Level(system, Estimate(middle, middle - 2, middle + 2), ends)


def panel(gains=(0.5, 3), controls=None, untrained=None):
    values = (0, 0.01)
    lines = {
        "zero-shot": {value: level(50) for value in values},
        "ml-cs": {value: level(51, gain) for value, gain in zip(values, gains, strict=True)},
    }
    return Panel(lines, controls or {}, untrained)


def drawn(**panels):
    return responses(panels, "rate", 0.01, "MRR@10 × 100")


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def tips(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def size(svg):
    root = ElementTree.fromstring(svg)
    return float(root.get("width")), float(root.get("height"))


def test_a_mark_is_hollow_unless_the_gain_is_known_to_differ_from_zero():
    def hollow(*gains):
        return drawn(CLIR=panel(gains)).count("fill: var(--paper")

    assert hollow(3, -3) == 0
    assert hollow(0.5, 3) == 1
    assert hollow(None, 0.5) == 2


def test_every_mark_has_its_figures():
    svg = drawn(CLIR=panel(untrained=level(49)))
    assert tips(svg) == [
        "CLIR, any: 49.0 (47.0 to 51.0)",
        "CLIR, any at 0: 50.0 (48.0 to 52.0)",
        "CLIR, any at 0.01: 50.0 (48.0 to 52.0)",
        "CLIR, any at 0: 51.0 (49.0 to 53.0), gain +0.5 (−0.5 to +1.5)",
        "CLIR, any at 0.01: 51.0 (49.0 to 53.0), gain +3.0 (+2.0 to +4.0)",
    ]
    assert all(tip in ElementTree.fromstring(svg).get("aria-label") for tip in tips(svg))


def test_the_legend_says_what_is_drawn():
    bare = texts(drawn(CLIR=panel()))
    assert {"trained as zero-shot", "trained as ml-cs", "default"} <= set(bare)
    assert not {"untrained", "control"} & set(bare)
    full = texts(drawn(MoIR=panel(), CLIR=panel((1, 2), {"shuffled": (0.01, level(40))}, level(49))))
    assert {"untrained", "control", "MoIR", "CLIR"} <= set(full)


def test_controls_stand_below_the_value_that_they_have():
    controls = {
        "late": (0.01, level(40, system="late")),
        "early": (0, level(41, system="early")),
        "last": (0.01, level(42, system="last")),
    }
    svg = drawn(MoIR=panel(), CLIR=panel(controls=controls))
    rows = [text for text in texts(svg) if text in (*controls, "at 0", "at 0.01")]
    assert rows == ["at 0", "early", "at 0.01", "late", "last"]
    assert size(svg)[1] > size(drawn(MoIR=panel(), CLIR=panel()))[1]


def heights(svg):
    """Tip → how far down its mark is."""
    groups = [
        group
        for group in ElementTree.fromstring(svg).iter(f"{SVG}g")
        if group.find(f"{SVG}title") is not None
    ]
    marks = [(group.find(f"{SVG}title").text, group.find(f".//{SVG}use")) for group in groups]
    return {tip: float(mark.get("y")) for tip, mark in marks if mark is not None}


def test_panels_beside_each_other_have_one_scale():
    height = heights(drawn(MoIR=panel(), CLIR=panel(untrained=level(80))))
    steps = [
        height[f"{group}, any at 0: 50.0 (48.0 to 52.0)"]
        - height[f"{group}, any at 0: 51.0 (49.0 to 53.0), gain +0.5 (−0.5 to +1.5)"]
        for group in ("MoIR", "CLIR")
    ]
    assert 0 < steps[0] < 10
    assert abs(steps[0] - steps[1]) < 0.05


def test_a_value_that_a_line_lacks_is_left_out():
    lines = {"zero-shot": {0: level(50), 0.1: level(50)}, "ml-cs": {0.1: level(51)}}
    svg = responses({"CLIR": Panel(lines, {"other": (0, level(40))})}, "rate", 0.01, "MRR@10")
    assert len(tips(svg)) == 4
    assert {"0", "0.1"} <= set(texts(svg)) and "0.01" not in texts(svg)
