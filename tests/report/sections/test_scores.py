"""Averages, language matrices, and tables of scores with their tests."""

from dataclasses import replace

import pytest

from switchrank.report.sections import scores


def rows(table):
    return {row[0].text: row[1:] for row in table["rows"]}


def test_queries_and_seeds_are_kept_apart(inputs):
    cell = inputs.cells["ml-cs"]["clir"]
    shown = scores.averages(inputs)["leading"]
    entry = rows(shown)["ml-cs"][shown["columns"].index("CLIR") - 1]
    low, high = (100 * end for end in cell["interval"])
    errors = cell["standard_error"]
    assert entry.text == f"{100 * cell['mean']:.1f}"
    assert entry.small == (
        f"{low:.1f} to {high:.1f}",
        f"s.e. {100 * errors['queries']:.2f} · {100 * errors['seeds']:.2f}",
    )


def test_the_other_metrics_are_beside_the_leading_one(inputs):
    shown = scores.averages(inputs)
    assert shown["others"]["columns"] == ["system", *(f"{name} nDCG@10" for name in inputs.groups.values())]
    figures = rows(shown["others"])
    assert (
        figures["ml-cs"][0].text == f"{100 * inputs.cells['ml-cs']['moir']['metrics']['nDCG@10']['mean']:.1f}"
    )
    assert len(figures["ml-cs"][0].small) == 1
    assert {entry.text for entry in figures["bl-cs"]} == {""}


def test_with_one_metric_there_are_no_others(inputs):
    assert scores.averages(replace(inputs, config={**inputs.config, "metrics": ["MRR@10"]}))["others"] is None


def test_the_systems_of_the_summary_come_first(inputs):
    shown = scores.matrix(inputs)
    assert list(shown["first"]) == ["zero-shot", "bl-cs", "ml-cs", "wiki-cs"]
    assert list(shown["others"]) == ["bm25", "cosine"]


def test_sides_are_in_blocks_in_the_order_of_the_config(inputs):
    assert scores._blocks(inputs) == [["en", "de", "ru"], ["fr"], ["xx6"]]
    changed = {"source_language": "fr", "training": {"languages": []}, "pairs": {"clir": ["fr-en", "en-de"]}}
    assert scores._blocks(replace(inputs, config=inputs.config | changed)) == [["fr"], ["en", "de"]]


@pytest.fixture(scope="module")
def groups(inputs):
    return {group["name"]: group for group in scores.tables(inputs)["groups"]}


def by_column(table):
    return {row[0].text: dict(zip(table["columns"][1:], row[1:], strict=True)) for row in table["rows"]}


def test_scores_are_shown_with_one_decimal_and_sorted_in_full(inputs, groups):
    entry = by_column(groups["clir"]["scores"])["ml-cs"]["en-de"]
    score = 100 * inputs.cells["ml-cs"]["en-de"]["mean"]
    assert entry.text.rstrip("‡†*") == f"{score:.1f}"
    assert entry.sort == score


def test_impossible_blank_best_and_reference(groups):
    clir, moir = (by_column(groups[group]["scores"]) for group in ("clir", "moir"))
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
    tests = tests.assign(**{f"p_{name}": values for name, values in ps.items()})
    table = by_column(scores._scores(replace(shown, tests=tests)))
    assert [table[system]["en-de"].text[4:] for system in tests["system"]] == ["‡", "†", "*", ""]


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
    said = dict(zip(shown["columns"], shown["rows"][0], strict=True))
    assert said["wins / ties / losses"].text == f"{first['wins']} / {first['ties']} / {first['losses']}"
    assert said["detectable"].text == f"{first['detectable']:.1f}"
    assert (said["family"].text, said["family"].small) == (f"{first['system']}, clir", ("2 tests",))
    families = {row[2].text: row[-2].text for row in shown["rows"]}
    assert families["average"] == "averages"


def test_averages_are_marked_as_their_family_says(inputs, groups):
    shown = by_column(groups["clir"]["scores"])["ml-cs"]["average"].text
    test = inputs.tables["clir"].tests.query("system == 'ml-cs' and column == 'average'").iloc[0]
    assert test["p_bonferroni"] == pytest.approx(min(1, 13 * test["p"])) and test["family_size"] == 13
    assert shown.endswith("‡") == (test["p_bonferroni"] < 0.05)
    assert "the averages of all systems and groups (13)" in groups["clir"]["families"]


def test_neighbours_are_counted_that_can_be_told_apart(inputs):
    shown = scores.averages(inputs)["neighbours"]
    assert shown["apart"] == {"MoIR": (1, 2), "CLIR": (0, 1)}
    first = dict(zip(shown["table"]["columns"], shown["table"]["rows"][0], strict=True))
    said = {name: entry.text for name, entry in first.items()}
    assert said == {
        "group": "MoIR", "rank": "1", "system": "ml-cs", "average": "49.0", "next system": "wiki-cs",
        "difference": "+1.5", "detectable": "2.8", "p": "< 0.001", "Holm": "< 0.001",
    }  # fmt: skip
    assert first["difference"].small == ("−0.5 to +3.5",)


def test_without_two_systems_there_are_no_neighbours(inputs):
    for none in (None, inputs.neighbours[:0]):
        assert scores.averages(replace(inputs, neighbours=none))["neighbours"] is None
