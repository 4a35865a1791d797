"""Costs by system and by stage."""

from dataclasses import replace

from switchrank.report.sections import costs


def test_systems_have_blanks_for_what_they_do_not_have(inputs):
    shown = costs.section(inputs)["systems"]
    assert shown["columns"] == ["system", "pairs", "training, s", "ranking, s", "models", "their size, MB"]
    rows = {row[0].text: [entry.text for entry in row[1:]] for row in shown["rows"]}
    assert rows == {"ml-cs": ["36", "20.0", "15.5", "1", "0.26"], "bm25": ["12", "", "", "", ""]}


def test_unmeasured_memory_of_a_stage_is_nothing(inputs):
    shown = costs.section(inputs)["stages"]
    assert [(row["stage"], row["seconds"].text, row["memory"].text) for row in shown["rows"]] == [
        ("train", "62.5", "812"),
        ("corpus", "0.4", ""),
    ]
    assert (shown["jobs"].text, shown["seconds"].text) == ("3", "62.9")


def test_nothing_measured_is_nothing_shown(inputs):
    assert costs.section(replace(inputs, costs=None, stages=None)) is None
