"""Averages in all metrics."""

from dataclasses import replace

from switchrank.report.sections import averages


def rows(table):
    return {row[0].text: row[1:] for row in table["rows"]}


def test_queries_and_seeds_are_kept_apart(inputs):
    cell = inputs.cells["ml-cs"]["clir"]
    shown = averages.section(inputs)["leading"]
    entry = rows(shown)["ml-cs"][shown["columns"].index("CLIR") - 1]
    low, high = (100 * end for end in cell["interval"])
    errors = cell["standard_error"]
    assert entry.text == f"{100 * cell['mean']:.1f}"
    assert entry.small == (
        f"{low:.1f} to {high:.1f}",
        f"s.e. {100 * errors['queries']:.2f} · {100 * errors['seeds']:.2f}",
    )


def test_the_other_metrics_stand_beside_the_leading_one(inputs):
    shown = averages.section(inputs)
    assert shown["metrics"] == ["nDCG@10"]
    assert shown["others"]["columns"] == ["system", *(f"{name} nDCG@10" for name in inputs.groups.values())]
    figures = rows(shown["others"])
    assert (
        figures["ml-cs"][0].text == f"{100 * inputs.cells['ml-cs']['moir']['metrics']['nDCG@10']['mean']:.1f}"
    )
    assert len(figures["ml-cs"][0].small) == 1
    assert {entry.text for entry in figures["bl-cs"]} == {""}


def test_with_one_metric_there_are_no_others(inputs):
    assert (
        averages.section(replace(inputs, config={**inputs.config, "metrics": ["MRR@10"]}))["others"] is None
    )
