"""The three sentences on top."""

from dataclasses import replace

import reports

from switchrank.report.inputs import read
from switchrank.report.summary import shown_first, summary


def sentences(tmp_path, levels=(), config=reports.CONFIG):
    reports.build(tmp_path, config, reports.LEVELS | dict(levels))
    return summary(read(tmp_path, config))


def test_the_effect_is_told_group_by_group_with_intervals(bare):
    effect, _, _ = summary(read(bare, reports.CONFIG))
    assert effect["verdict"] == "above"
    assert "ml-cs is above zero-shot in MoIR (+" in effect["text"]
    assert "CLIR (+" in effect["text"]
    assert "below" not in effect["text"]


def test_what_is_worse_or_level_is_told_as_plainly(tmp_path):
    effect, alternatives, _ = sentences(tmp_path, {"ml-cs": 0.38, "wiki-cs": 0.6})
    assert effect["verdict"] == "level"
    assert "ml-cs is not measurably different from zero-shot in" in effect["text"]
    assert alternatives["verdict"] == "below"
    assert "ml-cs is below wiki-cs (−" in alternatives["text"]


def test_the_other_side_of_a_comparison_has_the_other_sign(bare):
    _, alternatives, _ = summary(read(bare, reports.CONFIG))
    assert "ml-cs is above wiki-cs (+" in alternatives["text"]  # wiki-cs's cells hold wiki-cs − ml-cs


def test_a_system_of_few_pairs_is_compared_on_these(bare):
    _, alternatives, _ = summary(read(bare, reports.CONFIG))
    assert "compared on some pairs only with bl-cs (" in alternatives["text"]
    assert "over 1 pair, above on" in alternatives["text"]


def test_another_ranker_has_a_clause_of_its_own(tmp_path):
    fast = {
        "zero-shot-fast": {"ranker": "fast", "data": "en-en"},
        "ml-cs-fast": reports.CONFIG["systems"]["ml-cs"] | {"ranker": "fast", "versus": ["zero-shot-fast"]},
    }
    config = {**reports.CONFIG, "systems": fast}
    effect, *_ = sentences(tmp_path, {"zero-shot-fast": 0.5, "ml-cs-fast": 0.3}, config)
    assert "; ml-cs-fast is below zero-shot-fast in MoIR" in effect["text"]


def test_what_was_not_compared_is_said(tmp_path):
    effect, alternatives, claims = sentences(tmp_path, config=reports.with_systems("zero-shot", "cosine"))
    assert "ml-cs is not compared with zero-shot" in effect["text"]
    assert "ml-cs is not compared with any alternative." in alternatives["text"]
    assert "claims were not judged" in claims["text"]


def test_shown_first_are_the_systems_that_the_summary_is_about(bare):
    assert shown_first(read(bare, reports.CONFIG)) == ["zero-shot", "bl-cs", "ml-cs", "wiki-cs"]


def test_claims_are_counted(bare):
    inputs = replace(read(bare, reports.CONFIG), optional={"claims": reports.CLAIMS})
    *_, claims = summary(inputs)
    assert claims["text"].endswith(
        "2 claims, judged on this collection alone: 1 supported and 1 not testable here."
    )
