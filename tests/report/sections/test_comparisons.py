"""Forest plots, and gains over linguistic distance."""

from dataclasses import replace

import pandas as pd

from switchrank.report.sections import comparisons


def test_marks_are_of_what_is_significant_after_correction(inputs):
    shown = comparisons.differences(inputs)
    made = {forest["system"]: forest for forest in shown["forests"]}
    assert list(made) == ["ml-cs", "bm25", "cosine", "bl-cs", "wiki-cs"]
    tests = pd.concat([table.tests for table in inputs.tables.values()], ignore_index=True)
    tests = tests[tests["system"] == "ml-cs"].assign(found=tests["p_holm"] < 0.05)
    pairs, averages = tests.query("column != 'average'"), tests.query("column == 'average'")
    assert made["ml-cs"]["significant"] == {
        "pairs": (pairs["found"].sum(), 7),
        "averages": (averages["found"].sum(), 4),
    }
    assert made["bl-cs"]["significant"]["pairs"][1] == 2
    assert [forest["system"] for forest in made.values() if forest["open"]] == ["ml-cs"]


def test_families_are_given_with_their_sizes(inputs):
    shown = comparisons.differences(inputs)
    families = {forest["system"]: forest["families"] for forest in shown["forests"]}
    assert families["ml-cs"] == {"MoIR": 2, "CLIR": 2, "MLIR": 1, "unseen": 2}
    assert families["bl-cs"] == {"MoIR": 1, "CLIR": 1}
    assert shown["averages"] == 3 * 4 + 1  # bm25 has one in MoIR alone, bl-cs none


def test_a_long_group_is_drawn_as_its_average(inputs):
    test = {"system": "ml-cs", "p_holm": 0.5, "difference": 1, "interval_low": 0, "interval_high": 2}
    test |= {"detectable": 1.4, "family_size": 60}
    columns = [*(f"p{number}" for number in range(60)), "average"]
    tests = pd.DataFrame([test | {"column": column} for column in columns])
    inputs = replace(inputs, tables={"clir": replace(inputs.tables["clir"], tests=tests)})
    (made,) = comparisons.differences(inputs)["forests"]
    assert (made["averages_only"], made["significant"]) == (["CLIR"], {"averages": (0, 1)})
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
