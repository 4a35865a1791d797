"""Gains over the ratio of switching."""

from dataclasses import replace

import pandas as pd
import reports

from switchrank.report.estimates import Estimate
from switchrank.report.sections import switching


def with_rows(inputs, rows):
    return replace(inputs, ratio=pd.DataFrame(rows))


def test_the_line_takes_one_system_at_each_ratio_and_modes_are_beside(inputs):
    rows = [
        reports.variant("zero-shot", "none", 0.0, None),
        reports.variant("ml-cs-coverage", "coverage", 0.5, 2.0),
        reports.variant("another", "static", 0.5, 1.0),
        reports.variant("ml-cs-p1.00", "static", 1.0, -1.0),
        reports.variant("ml-cs", "static", 0.5, 3.0),
        reports.variant("ml-cs-stop", "static", 0.5, 2.5, stop_words=False),
    ]
    marks = {mark.system: mark for mark in switching._marks(with_rows(inputs, rows), "clir", "realised")}
    assert {name: mark.apart for name, mark in marks.items()} == {
        "zero-shot": "",
        "ml-cs": "",
        "ml-cs-p1.00": "",
        "another": "another",
        "ml-cs-coverage": "coverage",
        "ml-cs-stop": "no stop words",
    }
    assert marks["zero-shot"].gain == Estimate(0, 0, 0)
    assert marks["ml-cs"].ratio == 0.45


def test_plain_text_comes_first_in_the_table(inputs):
    shown = switching.ratio(inputs)
    assert len(shown["figures"]) == 2
    rows = {row[0].text: row for row in shown["table"]["rows"]}
    assert list(rows) == ["zero-shot", "ml-cs", "ml-cs-coverage"]
    assert [entry.text for entry in rows["ml-cs"][1:8]] == [
        "static", "0.50", "0.450", "0.450", "0.450", "40.0", "+4.0",
    ]  # fmt: skip
    assert rows["ml-cs"][7].small == ("+3.0 to +5.0",)
    assert rows["zero-shot"][7].text == ""


def test_no_line_is_drawn_of_a_single_mark(inputs):
    alone = with_rows(inputs, [reports.variant("ml-cs", "static", 0.5, 3.0)])
    assert switching.ratio(alone)["figures"] == []
    assert switching.ratio(replace(inputs, ratio=None)) is None
