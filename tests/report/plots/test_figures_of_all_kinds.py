"""All figures: the same bytes for the same data, and fit for a page of any theme."""

import re
from xml.etree import ElementTree

import matplotlib
import pandas as pd
import pytest

from switchrank.languages import parse_pair, sides
from switchrank.report.estimates import Estimate
from switchrank.report.plots.intervals import Difference, dots, forest
from switchrank.report.plots.lines import Mark, Point, curves, lines, scatter
from switchrank.report.plots.matrices import colour_scale, heatmap, ratio_map
from switchrank.report.plots.responses import Level, Panel, responses

SVG = "{http://www.w3.org/2000/svg}"
SIDES = sides(["en", "it", "ar"], {"xx6": ["en", "it", "ar", "de", "fr", "ru"]})
EN_EN, IT_IT, AR_IT, EN_XX6 = (parse_pair(pair, SIDES) for pair in ("en-en", "it-it", "ar-it", "en-xx6"))
CELLS = {
    EN_EN: {"mean": 0.614, "interval": [0.58, 0.65]},
    AR_IT: {"mean": 0.052, "interval": [0.04, 0.06]},
    EN_XX6: {"mean": 0.35, "interval": [0.3, 0.4]},
}
BLOCKS = [["en", "it", "ar"], ["xx6"]]
GROUPS = {
    "MoIR": [
        Difference("en-en", Estimate(-0.4, -1.2, 0.4, 1.1), significant=False),
        Difference("average", Estimate(-1.4, -2.0, -0.8, 0.9), significant=False, average=True),
    ],
    "CLIR": [Difference("ar-it", Estimate(3.5, 1.25, 5.75, 3.2), significant=True)],
}
LOGS = {
    "zero-shot": {
        "seed 1": pd.Series([30.0, 41.5], index=[0, 100]),
        "seed 2": pd.Series([31.0, 42.5], index=[0, 100]),
    },
    "ml-cs": {"seed 1": pd.Series([30.0, 44.25], index=[0, 100])},
}
ROWS = {"zero-shot": {"MoIR": Estimate(0.4, 0.35, 0.45)}, "ml-cs": {"CLIR": Estimate(0.2, 0.1, 0.3)}}
BIAS = {"zero-shot": {"en": Estimate(1.5, 1.25, 1.75), "ar": Estimate(0.9, 0.75, 1.1)}}
MARKS = {
    "CLIR": [
        Mark(0, Estimate(0, 0, 0), "zero-shot"),
        Mark(0.5, Estimate(2, 1, 3), "ml-cs"),
        Mark(0.5, Estimate(3, 2, 4), "ml-cs-coverage", apart="coverage"),
    ]
}
POINTS = [
    Point("en-en", 0, Estimate(-1, -2, 0), "MoIR"),
    Point("en-de", 1, Estimate(2, 1, 3), "CLIR"),
    Point("en-nl", 1, Estimate(2, 1, 3), "CLIR"),
]
LINES = {
    "zero-shot": {
        0: Level("zero-shot-0", Estimate(50, 48, 52)),
        0.01: Level("zero-shot", Estimate(45, 43, 47)),
    },
    "ml-cs": {
        0: Level("ml-cs-0", Estimate(50.5, 48, 53), Estimate(0.5, -0.5, 1.5)),
        0.01: Level("ml-cs", Estimate(49, 47, 51), Estimate(4, 3, 5)),
    },
}
PANEL = Panel(
    LINES, {"shuffled": (0.01, Level("shuffled", Estimate(40, 38, 42)))}, Level("raw", Estimate(49, 47, 51))
)


def draw():
    return {
        "heat map": heatmap("ml-cs", CELLS, [IT_IT], BLOCKS, 70, "MRR@10"),
        "scale": colour_scale(70, "MRR@10"),
        "forest": forest("ml-cs − zero-shot", GROUPS),
        "curves": curves(LOGS, "MRR@10 × 100 on dev"),
        "dots": dots("correlation", ROWS, zero=0),
        "bias": ratio_map("Bias of en-xx6", BIAS, ["ar", "de", "en"]),
        "ratio": lines(MARKS, "nominal ratio", "gain"),
        "responses": responses({"CLIR": PANEL}, "learning rate", 0.01, "MRR@10 × 100"),
        "distance": scatter(POINTS, "distance", "gain", "Spearman's correlation: 0.9."),
    }


@pytest.fixture(scope="module")
def figures():
    return draw()


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def tips(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def test_the_same_data_give_the_same_bytes(figures):
    assert draw() == figures


def test_a_readers_own_settings_change_nothing_and_stay(figures):
    settings = {"font.size": 30, "svg.fonttype": "path", "axes.facecolor": "red", "lines.linewidth": 9}
    with matplotlib.rc_context(settings):
        assert draw() == figures
        assert matplotlib.rcParams["font.size"] == 30


def test_figures_keep_out_of_each_others_way_on_one_page(figures):
    ids = re.findall(r'id="([^"]*)"', "".join(figures.values()))
    assert len(set(ids)) == len(ids)
    for svg in figures.values():
        used = set(re.findall(r'(?:href="#|url\(#)([^")]*)', svg))
        assert used == set(re.findall(r'id="([^"]*)"', svg))
        assert "<style" not in svg
        assert "metadata" not in svg
        assert "<!--" not in svg
        assert not re.search(r"https?:(?!//www\.w3\.org/(2000/svg|1999/xlink)\")", svg)


def test_figures_take_colours_and_font_of_the_page(figures):
    for svg in figures.values():
        assert "var(--ink, #1d1f23)" in svg
        assert not re.search(r": #(1d1f23|fefefe)", svg)
        assert "font-family" not in svg
        assert "font-size: 11px" in svg


def test_figures_have_text_alternatives(figures):
    said = {name: ElementTree.fromstring(svg).get("aria-label") for name, svg in figures.items()}
    assert "highest en-en (61.4), lowest ar-it (5.2)" in said["heat map"]
    assert "from 0 (dark) to 70 (bright)" in said["scale"]
    assert "1 of 3 rows lie above zero, 1 below, 1 have intervals that include zero" in said["forest"]
    assert "1 are significant after correction" in said["forest"]
    assert "ar-it: +3.5 (+1.2 to +5.8), detectable 3.2." in said["forest"]
    assert "zero-shot: 41.5, 42.5; ml-cs: 44.2" in said["curves"]
    assert "zero-shot, MoIR: 0.40 (0.35 to 0.45). ml-cs, CLIR: 0.20" in said["dots"]
    assert "zero-shot en (1.50) and zero-shot ar (0.90)" in said["bias"]
    assert "ml-cs-coverage, CLIR, at 0.50: +3.0 (+2.0 to +4.0)." in said["ratio"]
    assert "learning rate, with 95 % intervals. CLIR, raw: 49.0 (47.0 to 51.0). CLIR" in said["responses"]
    assert "CLIR, ml-cs at 0.01: 49.0 (47.0 to 51.0), gain +4.0 (+3.0 to +5.0)." in said["responses"]
    assert said["responses"].endswith("CLIR, shuffled at 0.01: 40.0 (38.0 to 42.0).")
    assert "3 pairs. Spearman's correlation: 0.9. en-en at 0: −1.0" in said["distance"]
    assert all(ElementTree.fromstring(svg).get("role") == "img" for svg in figures.values())


def test_a_heat_map_tells_impossible_cells_from_unmeasured_ones(figures):
    svg = figures["heat map"]
    sides = ["en", "it", "ar", "xx6"]
    assert texts(svg) == [*sides, "document language", *sides, "query language", "61", "5", "35", "–"]
    assert tips(svg) == [
        "ml-cs, English → English: 61.4 (58.0 to 65.0)",
        "ml-cs, Arabic → Italian: 5.2 (4.0 to 6.0)",
        "ml-cs, English → 6 languages mixed: 35.0 (30.0 to 40.0)",
    ]


def test_heat_maps_share_their_scale():
    def colours(highest, mean):
        svg = heatmap("any", {EN_EN: {"mean": mean, "interval": [mean, mean]}}, [], [["en"]], highest, "any")
        return re.search(r"<title>.*?fill: (#\w+)", svg, re.DOTALL)[1]

    assert colours(70, 0.35) == colours(80, 0.4) != colours(80, 0.35)


def test_numbers_stand_out_from_their_cells():
    def ink(mean):
        svg = heatmap("any", {EN_EN: {"mean": mean, "interval": [mean, mean]}}, [], [["en"]], 100, "any")
        return "fill: #ffffff" in svg

    assert ink(0.01)
    assert not ink(0.99)


def test_a_forest_has_a_row_for_every_difference(figures):
    svg = figures["forest"]
    assert {"MoIR", "CLIR", "en-en", "average", "ar-it", "ml-cs − zero-shot"} <= set(texts(svg))
    assert "−1.4 (−2.0 to −0.8)" in texts(svg)
    assert set(tips(svg)) == {
        "average: −1.4 (−2.0 to −0.8), detectable 0.9, not significant after correction",
        "en-en: −0.4 (−1.2 to +0.4), detectable 1.1, not significant after correction",
        "ar-it: +3.5 (+1.2 to +5.8), detectable 3.2, significant after correction",
    }


@pytest.mark.parametrize("average", [False, True])
def test_marks_of_a_forest_are_hollow_unless_significant(average):
    def hollow(significant):
        row = Difference("any", Estimate(1, 0.5, 1.5, 0.8), significant, average)
        return "fill: var(--paper" in forest("any", {"CLIR": [row]})

    assert (hollow(False), hollow(True)) == (True, False)


def test_curves_have_a_panel_for_each_model_and_a_line_for_each_run(figures):
    assert texts(figures["curves"]).count("zero-shot") == 1
    assert tips(figures["curves"]) == [
        "zero-shot, seed 1, step 100: 41.5",
        "zero-shot, seed 2, step 100: 42.5",
        "ml-cs, seed 1, step 100: 44.25",
    ]


def test_what_is_measured_aside_is_dashed_in_the_panel_of_its_model(figures):
    aside = {"zero-shot": {"seed 2": pd.Series([10.0, 12.5], index=[0, 100])}}
    svg = curves(LOGS, "MRR@10 × 100 on dev", aside, "on other pairs")
    assert tips(svg) == [
        *tips(figures["curves"])[:2],
        "zero-shot, seed 2, on other pairs, step 100: 12.5",
        tips(figures["curves"])[2],
    ]
    assert "stroke-dasharray" in svg and "stroke-dasharray" not in figures["curves"]
    said = ElementTree.fromstring(svg).get("aria-label")
    assert "ml-cs: 44.2. Dashed, on other pairs: zero-shot: 12.5." in said
    assert curves(LOGS, "MRR@10 × 100 on dev", {}, "on other pairs") == figures["curves"]


def test_bias_is_bold_where_the_interval_leaves_out_one(figures):
    drawn = {
        text.text: text.get("style", "")
        for text in ElementTree.fromstring(figures["bias"]).iter(f"{SVG}text")
    }
    assert "bold" in drawn["1.50"] or "700" in drawn["1.50"]
    assert "bold" not in drawn["0.90"] and "700" not in drawn["0.90"]


def test_points_are_labelled_unless_they_are_too_many():
    many = [Point(f"pair-{n}", n % 3, Estimate(1, 0, 2), "all") for n in range(80)]
    assert "pair-7" not in texts(scatter(many, "distance", "gain", ""))
    assert "en-nl" in texts(scatter(POINTS, "distance", "gain", ""))
