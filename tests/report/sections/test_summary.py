"""The sentences on top."""

from dataclasses import replace

import reports

from switchrank.report.inputs import read
from switchrank.report.sections.summary import shown_first, summary
from switchrank.report.sections.transfer import transfer


def sentences(tmp_path, levels=(), config=reports.CONFIG):
    files = {"cells": reports.cells(tmp_path, config, reports.LEVELS | dict(levels))}
    return summary(read(files, config))


def test_what_is_lost_across_languages_and_given_back_comes_first(inputs):
    first, *_ = summary(inputs)
    assert first == transfer(inputs)


def test_the_effect_is_given_group_by_group_with_intervals(inputs):
    _, effect, *_ = summary(inputs)
    assert effect["verdict"] == "above"
    assert effect["text"].startswith("Code-switched training: ml-cs is above zero-shot in MoIR (+")
    assert "CLIR (+" in effect["text"]
    assert "below" not in effect["text"]
    detectable = 100 * inputs.cells["ml-cs"]["moir"]["versus"]["zero-shot"]["detectable"]
    assert f"; detectable {detectable:.1f})" in effect["text"]
    said = "(points of MRR@10 × 100, 95\u00a0% intervals; detectable: with a power of 80\u00a0%)."
    assert effect["text"].endswith(said)


def test_what_is_worse_or_level_is_said_as_plainly(tmp_path):
    _, effect, alternatives = sentences(tmp_path, {"ml-cs": 0.38, "wiki-cs": 0.6})
    assert effect["verdict"] == "level"
    assert "ml-cs is not measurably different from zero-shot in" in effect["text"]
    assert alternatives["verdict"] == "below"
    assert "ml-cs is below wiki-cs (−" in alternatives["text"]


def test_alternatives_are_compared_on_averages_or_on_the_pairs_that_they_have(inputs):
    _, _, alternatives, _ = summary(inputs)
    assert "ml-cs is above wiki-cs (+" in alternatives["text"]
    assert "compared on some pairs only with bl-cs (" in alternatives["text"]
    assert "over 1 pair, above on" in alternatives["text"]


def test_other_rankers_are_told_of_on_one_average(tmp_path):
    systems, levels = dict(reports.CONFIG["systems"]), {}
    for name, plain, switched in (("fast", 0.3, 0.5), ("slow", 0.5, 0.3), ("lame", 0.3, 0.2)):
        systems[f"zero-shot-{name}"] = {"ranker": name, "data": "en-en"}
        systems[f"ml-cs-{name}"] = systems["ml-cs"] | {"ranker": name, "versus": [f"zero-shot-{name}"]}
        levels |= {f"zero-shot-{name}": plain, f"ml-cs-{name}": switched}
    again = [
        {"reference": f"zero-shot-{name}", "treatment": f"ml-cs-{name}"} for name in ("fast", "slow", "lame")
    ]
    config = {**reports.CONFIG, "systems": systems}
    _, effect, *_ = sentences(tmp_path, levels, {**config, "other_rankers": again})
    _, _, others = effect["text"].partition("; with other rankers, on the CLIR average, ")
    assert others.startswith("above their reference: ml-cs-fast (+")
    assert "; below it: ml-cs-slow (−" in others and " and ml-cs-lame (−" in others
    assert effect["text"].startswith("Code-switched training: ml-cs is above zero-shot in MoIR")
    _, effect, *_ = sentences(tmp_path, levels, {**config, "other_rankers": again[:1]})
    assert "ml-cs-fast" in effect["text"] and "ml-cs-slow" not in effect["text"]


def test_without_a_treatment_the_best_averages_are_named(tmp_path):
    (best,) = sentences(tmp_path, config=reports.with_systems("zero-shot", "cosine"))
    assert best["text"].startswith("Best averages of MRR@10 × 100: zero-shot in MoIR (")


def test_shown_first_are_the_systems_that_the_summary_is_about(inputs):
    assert shown_first(inputs) == ["zero-shot", "bl-cs", "ml-cs", "wiki-cs"]


def test_claims_are_counted_where_they_are_judged(inputs):
    *_, claims = summary(inputs)
    assert claims["text"].endswith(
        "2 claims, judged on this collection alone: 1 supported and 1 not testable here."
    )
    assert len(summary(replace(inputs, claims=None))) == 3


def headed():
    """A config whose headline is about the systems in -ce, and their levels."""
    systems, levels = (
        dict(reports.CONFIG["systems"]),
        {"zero-shot-ce": 0.2, "ml-cs-ce": 0.3, "wiki-cs-ce": 0.25},
    )
    systems["zero-shot-ce"] = systems["zero-shot"] | {"ranker": "ce"}
    systems["ml-cs-ce"] = systems["ml-cs"] | {"ranker": "ce", "versus": ["zero-shot-ce", "wiki-cs-ce"]}
    systems["wiki-cs-ce"] = systems["wiki-cs"] | {"ranker": "ce", "versus": ["zero-shot-ce"]}
    about = {"treatment": "ml-cs-ce", "reference": "zero-shot-ce", "headline": "ce", "as_named": "kernel"}
    others = [{"treatment": "ml-cs", "reference": "zero-shot"}]
    return {**reports.CONFIG, **about, "systems": systems, "other_rankers": others}, levels


def test_with_a_headline_the_sentences_are_about_its_systems(tmp_path):
    config, levels = headed()
    first, effect, alternatives = sentences(tmp_path, levels, config)
    assert first["text"].startswith("zero-shot-ce reaches ") and "ml-cs-ce differs from it" in first["text"]
    assert effect["text"].startswith("Code-switched training: ml-cs-ce is above zero-shot-ce in MoIR (+")
    assert "with other rankers, on the CLIR average, above their reference: ml-cs (+" in effect["text"]
    assert alternatives["text"].startswith("On the CLIR average, ml-cs-ce is above wiki-cs-ce (+")
    assert "bl-cs" not in alternatives["text"]  # which is of the other ranker


def test_with_a_headline_its_systems_are_shown_before_the_others(tmp_path):
    config, levels = headed()
    files = {"cells": reports.cells(tmp_path, config, reports.LEVELS | levels)}
    first = shown_first(read(files, config))
    assert first == ["zero-shot-ce", "ml-cs-ce", "wiki-cs-ce", "zero-shot", "ml-cs"]


def test_with_a_headline_verdicts_are_counted_for_both(tmp_path):
    config, levels = headed()
    inputs = read({"cells": reports.cells(tmp_path, config, reports.LEVELS | levels)}, config)
    again = {"kernel": {"verdict": "undecided", "tests": []}}
    claims = [claim | {"variants": again} for claim in reports.CLAIMS]
    *_, last = summary(replace(inputs, claims={"digest": "0", "claims": claims}))
    assert last["text"] == (
        "Of the paper's 2 claims, judged on this collection alone and with the systems in -ce: 1 supported "
        "and 1 not testable here; with kernel: 2 undecided."
    )
