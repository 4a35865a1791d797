"""Tables of scores, and their tests."""

from dataclasses import replace

import pytest

from switchrank.report.sections import tables


@pytest.fixture(scope="module")
def groups(inputs):
    return {group["name"]: group for group in tables.section(inputs)["groups"]}


def rows(table):
    return {row[0].text: dict(zip(table["columns"][1:], row[1:], strict=True)) for row in table["rows"]}


def test_scores_are_shown_with_one_decimal_and_sorted_in_full(inputs, groups):
    entry = rows(groups["clir"]["scores"])["ml-cs"]["en-de"]
    score = 100 * inputs.cells["ml-cs"]["en-de"]["mean"]
    assert entry.text.rstrip("‡†*") == f"{score:.1f}"
    assert entry.sort == score


def test_impossible_blank_best_and_reference(groups):
    clir, moir = (rows(groups[group]["scores"]) for group in ("clir", "moir"))
    assert "bm25" not in clir
    assert moir["bl-cs"]["en-en"].text == "–"
    assert clir["bl-cs"]["en-ru"].text == clir["bl-cs"]["average"].text == ""
    assert clir["ml-cs"]["average"].style == "best edge"
    assert (clir["ml-cs"]["tested against"].text, clir["zero-shot"]["tested against"].text) == (
        "zero-shot",
        "",
    )
    assert [entry.text for entry in groups["clir"]["scores"]["foot"]] == [
        "candidates' ceiling", "", "90.0", "90.0", "90.0", "",
    ]  # fmt: skip


def test_a_mark_is_of_the_strictest_correction(inputs):
    shown = inputs.tables["clir"]
    ps = {"bonferroni": (0.01, 0.2, 0.3, 0.4), "holm": (0.01, 0.02, 0.3, 0.4), "bh": (0.01, 0.02, 0.03, 0.4)}
    tests = shown.tests[shown.tests["column"] == "en-de"].iloc[:4]
    tests = tests.assign(**{f"p_t_{name}": values for name, values in ps.items()})
    marks = tables._marks(replace(shown, tests=tests))["en-de"]
    assert list(marks.loc[tests["system"]]) == ["‡", "†", "*", ""]


def test_every_test_is_listed(inputs, groups):
    tests = inputs.tables["clir"].tests
    shown = groups["clir"]["tests"]
    assert len(shown["rows"]) == len(tests)
    first = tests.iloc[0]
    assert [entry.text for entry in shown["rows"][0][:3]] == [
        first["system"],
        first["reference"],
        first["column"],
    ]
    assert shown["rows"][0][5].text == f"{first['wins']} / {first['ties']} / {first['losses']}"
