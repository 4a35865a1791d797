"""Forest plots, and gains over linguistic distance."""

from dataclasses import replace

import pandas as pd

from switchrank.report.sections import comparisons


def test_marks_are_of_what_is_significant_after_correction(inputs):
    shown = comparisons.differences(inputs)
    made = {forest["system"]: forest for forest in shown["forests"]}
    assert list(made) == ["ml-cs", "bm25", "cosine", "bl-cs", "wiki-cs"]
    tests = pd.concat([table.tests for table in inputs.tables.values()])
    holm = tests.query("system == 'ml-cs' and column != 'average'")["p_t_holm"]
    assert (made["ml-cs"]["significant"], made["ml-cs"]["tests"]) == ((holm < 0.05).sum(), 7)
    assert made["bl-cs"]["tests"] == 2
    assert [forest["system"] for forest in made.values() if forest["open"]] == ["ml-cs"]
    assert shown["families"]["MLIR"] == 3


def test_a_long_group_is_drawn_as_its_average(inputs):
    test = {"system": "ml-cs", "p_t_holm": 0.5, "difference": 1, "interval_low": 0, "interval_high": 2}
    columns = [*(f"p{number}" for number in range(60)), "average"]
    tests = pd.DataFrame([test | {"column": column} for column in columns])
    inputs = replace(inputs, tables={"clir": replace(inputs.tables["clir"], tests=tests.assign(family=60))})
    (made,) = comparisons.differences(inputs)["forests"]
    assert (made["averages_only"], made["tests"]) == (["CLIR"], 0)
    assert ">p0<" not in made["svg"]
    assert ">average<" in made["svg"]


def test_without_tests_there_is_no_section(inputs):
    tables = {name: replace(table, tests=table.tests[:0]) for name, table in inputs.tables.items()}
    assert comparisons.differences(replace(inputs, tables=tables)) is None


def test_mixed_sides_are_left_out_and_the_correlation_is_given(inputs):
    shown = comparisons.distance(inputs)
    assert "en-xx6" not in shown["svg"]
    assert "(p " in shown["correlations"]["all pairs"]
    assert shown["correlations"]["all pairs"].endswith("6 pairs)")
    assert "pairs of two languages" not in shown["correlations"]  # three are too few


def test_without_a_treatment_there_is_no_section(inputs):
    assert comparisons.distance(replace(inputs, treatment=None)) is None
