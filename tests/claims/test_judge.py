"""The paper's claims: the file that states them, and how they are judged."""

import csv
import io
import json
import re
from dataclasses import replace

import configs
import numpy as np
import pandas as pd
import pytest

from switchrank.claims.judge import Evidence, judge, to_csv
from switchrank.claims.statements import CLAIMS, Claim, ClaimTest, Term, load_claims
from switchrank.errors import UserError

QUERIES = pd.Index([f"q{number:03}" for number in range(300)], name="query_id")
GROUPS = {"clir": ["en-de", "ar-it"], "moir": ["en-en"]}


def measured(**systems):
    """System → pair → values, each system a number above a common base."""
    base = np.random.default_rng(1).uniform(0.1, 0.5, len(QUERIES))
    noise = np.random.default_rng(2)
    return {
        system.replace("_", "-"): {
            pair: pd.Series(base + mean + noise.normal(0, 0.01, len(QUERIES)), QUERIES)
            for pair, mean in means.items()
        }
        for system, means in systems.items()
    }


def correlations(**systems):
    rows = [
        (system.replace("_", "-"), "en-en", query, mean + drawn)
        for system, mean in systems.items()
        for query, drawn in zip(QUERIES, np.random.default_rng(3).normal(0, 0.1, len(QUERIES)), strict=True)
    ]
    return pd.DataFrame(rows, columns=["system", "pair", "query_id", "correlation"])


def cost(pairs, models, lexicons, training, translation=0):
    seconds = {"lexicons": lexicons, "data": 5, "training": training, "translation": translation}
    return {"pairs": pairs, "models": models, "megabytes": models, **seconds}


COSTS = {
    "ml-cs": cost(10, 1, 50, 20),
    "bl-cs": cost(2, 2, 20, 60),
    "cheap-cs": cost(2, 2, 20, 40),
    "ml-cs-tt": cost(10, 1, 19, 20, translation=30),
    "fast-tt": cost(10, 1, 19, 20, translation=30.9),
    "unknown": cost(1, 1, 1, float("nan")),
}


def side(drawn=None, **switched):
    """Of 100 words, how many were drawn and replaced in each language."""
    drawn = drawn or dict.fromkeys(switched, 50 // len(switched))
    return {
        "words": 100,
        "drawn": sum(drawn.values()),
        "switched": sum(switched.values()),
        "languages": {name: {"drawn": drawn[name], "switched": n} for name, n in switched.items()},
    }


EVIDENCE = Evidence(
    measured=measured(
        zero_shot={"en-de": 0.0, "ar-it": 0.0, "en-en": 0.2},
        ml_cs={"en-de": 0.05, "ar-it": 0.1, "en-en": 0.2},
        bl_cs={"en-de": 0.05},
        zero_shot_fast={"en-de": 0.2, "ar-it": 0.2, "en-en": 0.2},
        ml_cs_fast={"en-de": 0.1, "ar-it": 0.1, "en-en": 0.2},
    ),
    groups=GROUPS,
    impossible={"bl-cs": ["en-en"]},
    ceilings={"en-de": 0.9, "ar-it": 0.9, "en-en": 0.5},
    overlap=correlations(zero_shot=0.5, ml_cs=0.3),
    costs=COSTS,
    training={
        "ml-cs": {"nominal_ratio": 0.5, "sides": {"query": side(de=24, it=25), "passage": side(de=25, it=24)}}
    },
)
FAST = {"fast": {"zero-shot": "zero-shot-fast", "ml-cs": "ml-cs-fast"}}


def of(plus, minus, effect=1.0, **asked):
    ((kind, bound),) = asked.items()
    terms = [Term(sign, *term) for sign, side in ((1, plus), (-1, minus)) for term in side]
    return ClaimTest("w", "b", kind, bound, effect, terms)


def cheap(than, system="ml-cs", **pairs):
    return ClaimTest("w", "b", "cost", {"system": system, "than": than, **pairs}, None, [])


def mix(system="ml-cs", tolerance=0.05):
    return ClaimTest("w", "b", "mix", {"system": system, "tolerance": tolerance}, None, [])


def judged(tests, evidence=EVIDENCE, variants=None):
    (result,) = judge([Claim(1, "s", None, tests)], evidence, variants or {})
    return result


def verdict(test, evidence=EVIDENCE):
    result = judged([test], evidence)
    return result["verdict"], result["tests"][0]["text"]


ML, ZERO, BL = ("ml-cs", ["clir"]), ("zero-shot", ["clir"]), ("bl-cs", ["clir"])
ML_OF_XX6, ZERO_OF_XX6 = ("ml-cs", ["xx6-en"]), ("zero-shot", ["xx6-en"])
BOTH = ["en-en", "en-de"]
GAIN_OF_GAINS = (
    [("ml-cs", ["ar-it"]), ("zero-shot", ["en-de"])],
    [("zero-shot", ["ar-it"]), ("ml-cs", ["en-de"])],
)


@pytest.mark.parametrize(
    ("test", "expected", "said"),
    [
        (of([ML], [ZERO], above=0), "supported", "+7."),
        (of([ZERO], [ML], above=0), "contradicted", "−7."),
        (of([ML], [ZERO], each_above=0), "supported", "on 2 of 2 pairs"),
        (of([ML], [ZERO], within=[-1, 1]), "contradicted", "for within −1 to 1"),
        (of([ML], [BL], within=[-1, 1]), "supported", "on en-de of 2 pairs"),
        (of([("zero-shot", ["moir"])], [ZERO], above=10), "supported", "against 10"),
        (of(*GAIN_OF_GAINS, above=0), "supported", "+5."),
        (of([ML], [ZERO], ratio_above=1.1, effect=2), "supported", "a ratio of 1.2"),
        (of([ML], [ZERO], ratio_above=4, effect=2), "not testable here", "candidates' ceiling of 90.0"),
        (of([BL], [ZERO], each_above=0), "undecided", "on 1 of 1 pairs above 0"),  # one of two
        (of([("bl-cs", BOTH)], [("zero-shot", BOTH)], above=0), "supported", "+5."),
        (of([ML], [("wiki-cs", ["clir"])], above=0), "not testable here", "which the config does not have"),
        (of([ML_OF_XX6], [ZERO_OF_XX6], above=0), "not testable here", "on xx6-en"),
        (of([("zero-shot", ["moir"])], [("ml-cs", ["moir"])], overlap_above=0), "supported", "+0.20"),
        (of([BL], [ZERO], overlap_above=0), "not testable here", "bl-cs"),
        (cheap("bl-cs"), "supported", "for 2 pairs: ml-cs 75 s and 1.0 MB"),
        (cheap("cheap-cs"), "contradicted", "cheap-cs 65 s and 2.0 MB"),
        (
            cheap("cheap-cs", pairs=["clir", "moir"]),
            "supported",
            "for 3 pairs: ml-cs 75 s and 1.0 MB (1 model); cheap-cs 88 s and 3.0 MB (3 models), from 2 that",
        ),
        (cheap("ml-cs-tt"), "contradicted", "ml-cs-tt 74 s"),
        (cheap("fast-tt", system="ml-cs-tt"), "supported", "fast-tt 75 s"),
        (cheap("wiki-cs"), "not testable here", "the times of wiki-cs"),
        (cheap("unknown"), "not testable here", "the times of unknown"),
        (mix(tolerance=0.05), "supported", "of 200 words 50.0 % drawn"),
        (mix(tolerance=0.0), "supported", "49.0 % replaced: de 50.0 %"),
        (mix("wiki-cs", tolerance=0.1), "not testable here", "training data of wiki-cs"),
    ],
)  # fmt: skip
def test_every_kind_of_test(test, expected, said):
    result, text = verdict(test)
    assert (result, said in text) == (expected, True), text


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (side(drawn=dict(de=30, it=20), de=30, it=20), "contradicted"),  # one language more than the other
        (side(drawn=dict(de=30, it=30), de=30, it=30), "contradicted"),  # more than the ratio
        (side(de=0, it=0), "contradicted"),  # drawn, but not replaced
        (side(de=25, it=5), "supported"),  # what the lexicons lack is no lopsided mix
    ],
)
def test_a_lopsided_mix_too_much_or_none_at_all_is_no_code_switching(texts, expected):
    training = {"ml-cs": {"nominal_ratio": 0.5, "sides": {"query": texts, "passage": texts}}}
    evidence = replace(EVIDENCE, training=training)
    assert verdict(mix(tolerance=0.1), evidence)[0] == expected


def test_the_ceiling_of_a_ratio_is_that_of_its_pairs():
    test = of([("ml-cs", ["ar-it"])], [("zero-shot", ["ar-it"])], ratio_above=2.5, effect=3)
    low = replace(EVIDENCE, ceilings={"ar-it": 0.4, "en-de": 0.9})
    assert verdict(test)[0] == "contradicted"
    result, text = verdict(test, low)
    assert result == "not testable here" and "candidates' ceiling of 40.0" in text


def test_pairs_whose_queries_differ_are_not_averaged_query_by_query():
    shorter = {**EVIDENCE.measured["zero-shot"], "ar-it": EVIDENCE.measured["zero-shot"]["ar-it"].iloc[1:]}
    result, text = verdict(
        of([ML], [ZERO], above=0), replace(EVIDENCE, measured={**EVIDENCE.measured, "zero-shot": shorter})
    )
    assert result == "not testable here" and "the same queries on all pairs" in text


def test_without_any_overlap_of_tokens_nothing_is_said_of_it():
    test = of([("zero-shot", ["moir"])], [("ml-cs", ["moir"])], overlap_above=0)
    evidence = replace(EVIDENCE, overlap=EVIDENCE.overlap.assign(correlation=np.nan))
    result, text = verdict(test, evidence)
    assert result == "not testable here" and "differ in their token overlap" in text


def test_the_figures_say_on_how_many_of_the_possible_pairs_a_test_was_run():
    result = judged([of([BL], [ZERO], above=0), of([ML], [ZERO], above=0)])
    some, every = (test["figures"] for test in result["tests"])
    assert (some["pairs"], some["of"]) == (1, 2) and (every["pairs"], every["of"]) == (2, 2)


def test_a_claim_is_judged_again_with_the_systems_of_another_ranker():
    tests = [of([ML], [ZERO], above=0), of([BL], [ZERO], above=0)]
    result = judged(tests, variants=FAST)
    assert result["verdict"] == "supported"
    again = result["variants"]["fast"]
    assert again["verdict"] == "contradicted"  # by the test that it has both systems for
    assert [test["verdict"] for test in again["tests"]] == ["contradicted", "not testable here"]
    other = {"fast": {"zero-shot": "ml-cs-fast", "ml-cs": "zero-shot-fast"}}
    assert judged(tests, variants=other)["variants"]["fast"]["verdict"] == "undecided"
    assert judged(tests[1:], variants=FAST)["variants"] == {}


def test_many_tests_ask_for_more_before_one_contradicts_a_claim():
    """One test of a true difference of nought that is at p = .03 by chance."""
    base = np.random.default_rng(4).normal(size=len(QUERIES))
    base = base - base.mean()
    error = base.std(ddof=1) / np.sqrt(len(QUERIES))
    ours = {"en-de": pd.Series(base - 2.2 * error, QUERIES)}
    evidence = replace(EVIDENCE, measured={"ml-cs": ours, "zero-shot": {"en-de": pd.Series(0.0, QUERIES)}})
    test = of([("ml-cs", ["en-de"])], [("zero-shot", ["en-de"])], above=0)
    for number, expected in ((1, "contradicted"), (4, "undecided")):
        assert judged([test] * number, evidence)["verdict"] == expected


def test_the_fifteen_claims_are_judged_whatever_the_config_has():
    claims = load_claims()
    assert [claim.id for claim in claims] == list(range(1, 16))
    judged = judge(claims, EVIDENCE, FAST)
    assert json.loads(json.dumps(judged, allow_nan=False)) == judged
    rows = list(csv.DictReader(io.StringIO(to_csv(judged))))
    assert [int(row["id"]) for row in rows] == list(range(1, 16))
    allowed = {"supported", "contradicted", "undecided", "not testable here"}
    assert all(row["verdict"] in allowed and row["figures"] for row in rows)
    assert rows[0]["published"].startswith("code-switching over zero-shot, average of CLIR: +5.1; ")
    assert rows[6]["published"] == "not known"


def test_claims_name_systems_and_pairs_that_the_full_experiment_has():
    experiment = configs.checked(configs.full())
    for test in (test for claim in load_claims() for test in claim.tests):
        named = {term.system for term in test.terms}
        if test.kind in ("cost", "mix"):
            named = {test.asked[key] for key in ("system", "than") if key in test.asked}
        assert named and named <= set(experiment.systems)
        assert {pair for term in test.terms for pair in term.pairs} <= {*experiment.groups, *experiment.pairs}


def test_claims_of_no_difference_are_equivalence_tests():
    kinds = {claim.id: [test.kind for test in claim.tests] for claim in load_claims()}
    assert set(kinds[7]) == set(kinds[8]) == {"within"}
    assert kinds[12][0] == "within"  # beside it: that there are gains at all


def test_systems_that_are_all_alike_support_no_claim_of_a_gain():
    experiment = configs.checked(configs.full())
    same = {pair: pd.Series(np.linspace(0, 1, len(QUERIES)), QUERIES) for pair in experiment.pairs}
    evidence = replace(
        EVIDENCE,
        measured=dict.fromkeys(experiment.systems, same),
        groups=experiment.groups,
        ceilings=dict.fromkeys(experiment.pairs, 0.9),
    )
    verdicts = {claim["id"]: claim["verdict"] for claim in judge(load_claims(), evidence, {})}
    assert all(verdicts[number] != "supported" for number in (1, 2, 3, 4, 5, 6, 9, 11, 12))
    assert verdicts[7] == verdicts[8] == "supported"


def test_published_figures_are_those_known_and_no_others():
    published = [claim.published for claim in load_claims() if claim.published]
    figures = {figure for text in published for figure in re.findall(r": ([+\d./ ]+\d)", text)}
    known = ["15.7", "16.6", "7.7", "7.1", "15.6", "14.1", "+5.1", "+3.9", "+4", "+11.1"]
    assert figures == {*known, "+4.1 / +3.8", "+0.2 / +2.2"}


def test_a_test_has_its_claims_keys_and_the_defaults_written_out(tmp_path):
    (tmp_path / "claims.yaml").write_text("""
- id: 3
  statement: s
  above: 2
  tests:
    - {what: w, compare: {system: ml-cs, than: zero-shot, pairs: [clir]}, because: b, above: 4}
    - {what: v, compare: {system: bl-cs, than: zero-shot, pairs: [clir]}, effect: 7}
""")
    (claim,) = load_claims(tmp_path / "claims.yaml")
    first, second = claim.tests
    assert first == of([ML], [ZERO], effect=5, above=4)
    assert second == replace(of([BL], [ZERO], effect=7, above=2), what="v", because="as above")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- id: 2\n", "- id: 1\n", "claim 1: found twice"),
        (
            "[zero-shot-clir, zero-shot-mlir]",
            "[zero-shot-clirr]",
            "'zero-shot-clirr' .* mean zero-shot-clir?",
        ),
        ("above: -1\n", "abov: -1\n", r"\[0\].tests\[2\].abov: unknown key; did you mean above?"),
        ("      above: -1\n", "", r"claim 1: tests\[2\]: above: this key is missing"),
        ("  within: [-1, 1]\n", "  within: [-1, 1]\n  ratio_above: 1\n", "claim 7: .*within: unknown key"),
        ("each_above: 0\n", "each_above: 0\n  overlap_above: 0\n", "overlap_above: unknown key"),
        ("cost: {system: ml-cs, ", "above: 0\n      cost: {system: ml-cs, ", "cost: unknown key"),
        (
            "plus: [{system: zero-shot, ",
            "compare: {system: a, than: b, pairs: [clir]}\n  plus: [{system: zero-shot, ",
            "minus: unknown key",
        ),
        ("effect: 1.99\n", "\n", "effect: this key is missing"),
    ],
)
def test_a_mistake_is_reported_in_one_line(tmp_path, old, new, said):
    text = CLAIMS.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "claims.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=f"claims.yaml: .*{said}") as error:
        load_claims(path)
    assert "\n" not in str(error.value)
