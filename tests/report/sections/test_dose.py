"""What a setting of the ranker does: which figures are shown, and of what."""

import re

import pytest
import reports

from switchrank.experiment.doses import Doses
from switchrank.files import read_json, write_json
from switchrank.report.inputs import read
from switchrank.report.page import write
from switchrank.report.sections.dose import dose

RATES = {0: "lr0", 0.01: "fast"}
DOSES = Doses(
    "projection_learning_rate", "peak learning rate of the projection", 0.001,
    {
        name: {0: f"{name}-lr0", 0.001: name, 0.01: f"{name}-fast"} for name in ("zero-shot", "ml-cs")
    },
    "cosine", {"wiki-cs": 0.01},
)  # fmt: skip
ADDED = {
    f"{name}-{suffix}": reports.CONFIG["systems"][name]
    | {"versus": [f"zero-shot-{suffix}"] * (name == "ml-cs")}
    for name in ("zero-shot", "ml-cs")
    for suffix in RATES.values()
}
LEVELS = reports.LEVELS | {"zero-shot-lr0": 0.4, "ml-cs-lr0": 0.4, "zero-shot-fast": 0.3, "ml-cs-fast": 0.5}
CONFIG = reports.CONFIG | {"systems": reports.CONFIG["systems"] | ADDED, "doses": [DOSES]}


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    return reports.cells(tmp_path_factory.mktemp("doses"), CONFIG, LEVELS)


def shown(cells, doses=DOSES):
    ((_, svg, table),) = dose(read({"cells": cells}, CONFIG | {"doses": [doses]}))["shown"]
    return svg, {row[0].text: row[1:] for row in table["rows"]}, table["columns"]


def test_there_is_no_section_without_several_values(inputs):
    assert dose(inputs) is None


def test_rows_are_in_the_order_of_the_values(cells):
    _, rows, columns = shown(cells)
    assert list(rows) == [
        "cosine",
        *("zero-shot-lr0", "ml-cs-lr0"),
        *("zero-shot", "ml-cs"),
        *("zero-shot-fast", "ml-cs-fast", "wiki-cs"),
    ]
    assert columns[:5] == ["system", "trained on, ranker", "value", "MoIR", "gain"]
    assert columns[5:] == ["CLIR", "gain", "MLIR", "gain", "unseen", "gain"]
    assert [rows[name][1].text for name in ("cosine", "ml-cs-lr0", "wiki-cs")] == ["", "0", "0.01"]
    assert rows["ml-cs-lr0"][0].text == "ml-cs.clwe.p0.50" and rows["ml-cs-lr0"][0].small == ("kernel",)


def test_the_gain_is_on_the_reference_at_the_same_value(cells):
    _, rows, _ = shown(cells)
    cell = read_json(cells["ml-cs-fast"]["clir"])
    difference = 100 * cell["versus"]["zero-shot-fast"]["difference"]
    assert float(rows["ml-cs-fast"][5].sort) == pytest.approx(difference)
    assert rows["ml-cs"][5].text.startswith("+")
    assert not any(rows[name][5].text for name in ("zero-shot", "zero-shot-fast", "cosine"))
    assert rows["wiki-cs"][5].text == ""  # compared with zero-shot, which has another value


def test_what_can_be_found_is_said(cells, tmp_path):
    cell = read_json(cells["ml-cs-fast"]["clir"])
    cell["versus"]["zero-shot-fast"]["detectable"] = 0.0123
    write_json(tmp_path / "clir.json", cell)
    changed = cells | {"ml-cs-fast": cells["ml-cs-fast"] | {"clir": str(tmp_path / "clir.json")}}
    assert shown(changed)[1]["ml-cs-fast"][5].small[-1] == "detectable 1.2"


def test_the_figure_says_all_averages(cells):
    svg, _, _ = shown(cells)
    said = re.search('aria-label="([^"]*)"', svg)[1]
    mean = 100 * read_json(cells["zero-shot-fast"]["clir"])["mean"]
    assert f"CLIR, zero-shot-fast at 0.01: {mean:.1f} (" in said
    assert "CLIR, ml-cs-fast at 0.01: " in said and ", gain +" in said
    assert "CLIR, cosine: " in said and "CLIR, wiki-cs at 0.01: " in said
    assert said.startswith(
        "MRR@10 × 100 over peak learning rate of the projection (projection_learning_rate)"
    )


def test_averages_that_were_not_measured_are_left_out(cells):
    svg, rows, _ = shown(cells | {"zero-shot-lr0": {"moir": cells["zero-shot-lr0"]["moir"]}})
    assert "MoIR, zero-shot-lr0 at 0:" in svg and "CLIR, zero-shot-lr0" not in svg
    assert [rows["zero-shot-lr0"][column].text != "" for column in (2, 4)] == [True, False]
    svg, rows, _ = shown({name: {"en-en": of["en-en"]} for name, of in cells.items() if name != "bl-cs"})
    assert svg == "" and rows["ml-cs"][2].text == ""


def test_the_page_has_the_section(cells, tmp_path):
    write({"cells": cells}, CONFIG, tmp_path / "report.html", tmp_path / "headline.txt")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    section = page.split('<section id="dose">')[1].split("</section>")[0]
    assert "Peak learning rate of the projection" in section
    assert "Dashed: cosine" in section and "Controls have the same value" in section
    assert section.count("<svg") == 1
