"""How the paper's claims are judged."""

import csv
import io
import json
from dataclasses import replace

import configs
import numpy as np
import pandas as pd
import pytest

from switchrank.claims.judge import Evidence, judge, to_csv
from switchrank.claims.statements import Claim, ClaimTest, Term, load_claims
from switchrank.claims.verdicts import VERDICTS

QUERIES = pd.Index([f"q{number:03}" for number in range(300)], name="query_id")
GROUPS = {"clir": ["en-de", "ar-it"], "moir": ["en-en"]}


def measured(**systems):
    """System → pair → values, each system a number above a common base."""
    base = np.random.default_rng(1).uniform(0.1, 0.5, len(QUERIES))
    noise = np.random.default_rng(2)
    return {
        system.replace("_", "-"): {
            pair: pd.DataFrame({1: base + mean + noise.normal(0, 0.01, len(QUERIES))}, QUERIES)
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


def cost(pairs, models, lexicons, training, translation=0, of=10, spread=1.0):
    seconds = {
        "lexicons": lexicons,
        "data": 5,
        "training": training,
        "translation": translation,
        "ranking": 5,
    }
    about = {"pairs": pairs, "of": of, "by_pair": models > 1, "models": models, "megabytes": models}
    return {**about, "spread": spread, **seconds}


COSTS = {
    "ml-cs": cost(10, 1, 50, 20),
    "zero-shot": cost(10, 1, 0, 20),
    "fine-tune": cost(10, 10, 0, 90),
    "bl-cs": cost(2, 2, 20, 60),  # measured on two of ten
    "cheap-cs": cost(10, 10, 20, 40),
    "like-cs": cost(10, 1, 50, 22),
    "one-seed": cost(10, 1, 50, 22, spread=float("nan")),
    "dear-cs": cost(10, 1, 50, 800, spread=float("nan")),
    "unknown": cost(10, 1, 1, float("nan")),
}


def side(drawn=None, **switched):
    """Of 100 words, how many were drawn and replaced in each language.

    A tenth are spelt as before; the others are words of their language, and a tenth of these of another one.
    """
    drawn, replaced = drawn or dict.fromkeys(switched, 50 // len(switched)), sum(switched.values())
    return {
        "words": 100,
        "drawn": sum(drawn.values()),
        "switched": replaced,
        "spelt_alike": replaced // 10,
        "of_its_language": replaced - replaced // 10,
        "of_another_language": replaced // 10,
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
    why={"bl-cs": "a training for each"},
    overlap=correlations(zero_shot=0.5, ml_cs=0.3),
    costs=COSTS,
    training={
        name: {"nominal_ratio": 0.5, "sides": {"query": side(de=24, it=25), "passage": side(de=25, it=24)}}
        for name in ("ml-cs", "ml-cs-shuffled")
    },
    precisions={"ml-cs": {"de": (30, 100), "it": (40, 100)}, "ml-cs-shuffled": {"de": (1, 100)}},
)
FAST = {"fast": {"zero-shot": "zero-shot-fast", "ml-cs": "ml-cs-fast"}}


def of(plus, minus, effect=1.0, gap=(), share=None, **asked):
    ((kind, bound),) = asked.items()
    terms, of_gap = (
        [Term(sign, *term) for sign, side in ((1, plus), (-1, minus)) for term in side]
        for plus, minus in ((plus, minus), (gap[:1], gap[1:]))
    )
    return ClaimTest("w", "b", kind, bound, effect, terms, of_gap, share)


def cheap(than, system="ml-cs"):
    asked = {"system": system, "than": than, "beside": "zero-shot"}
    return ClaimTest("w", "b", "cost", asked, None, [])


def mix(system="ml-cs", tolerance=0.05):
    return ClaimTest("w", "b", "mix", {"system": system, "tolerance": tolerance}, None, [])


def borrowed(system="ml-cs", control="ml-cs-shuffled", share=0.9):
    asked = {"system": system, "control": control, "share": share}
    return ClaimTest("w", "b", "borrowed", asked, None, [])


def judged(tests, evidence=EVIDENCE, variants=None, headline=None):
    (result,) = judge([Claim(1, "s", None, tests)], evidence, variants or {}, headline)
    return result


def verdict(test, evidence=EVIDENCE):
    result = judged([test], evidence)
    return result["verdict"], result["tests"][0]["text"]


ML, ZERO, BL = ("ml-cs", ["clir"]), ("zero-shot", ["clir"]), ("bl-cs", ["clir"])
ML_OF_XX6, ZERO_OF_XX6 = ("ml-cs", ["xx6-en"]), ("zero-shot", ["xx6-en"])
ZERO_EN_DE = ("zero-shot", ["en-de"])
BOTH = ["en-en", "en-de"]
GAIN_OF_GAINS = (
    [("ml-cs", ["ar-it"]), ("zero-shot", ["en-de"])],
    [("zero-shot", ["ar-it"]), ("ml-cs", ["en-de"])],
)


GAP = [("zero-shot", ["moir"]), ("zero-shot", ["clir"])]  # 20 points


@pytest.mark.parametrize(
    ("test", "expected", "said"),
    [
        (of([ML], [ZERO], above=0), "supported", "+7."),
        (of([ZERO], [ML], above=0), "contradicted", "−7."),
        (of([ML], [ZERO], each_above=0), "supported", "on 2 of 2 pairs"),
        (of([ML], [ZERO], within=[-1, 1]), "contradicted", "for within −1 to 1"),
        (of([("zero-shot", ["moir"])], [ZERO], above=10), "supported", "against 10"),
        (of(*GAIN_OF_GAINS, above=0), "supported", "+5."),
        (of([ML], [ZERO], share_above=0.3, gap=GAP, effect=0.5), "supported", "a share of 0.37"),
        (of([ML], [ZERO], share_above=0.5, gap=GAP, effect=0.6), "contradicted", "of a gap of 20."),
        (of([ML], [ML], above=0, gap=GAP, share=0.25), "excluded at the published size", "below 5.0, the"),
        (of([ML], [ML], above=0, gap=GAP, share=0.2), "excluded at the published size", "equivalent to none"),
        (of([ML], [ML], above=0), "undecided", "p = 1 against 0"),  # nothing was published
        (of([ML], [ZERO], above=0, gap=GAP, share=0.9), "supported", "below 18."),
        (of([ML], [("wiki-cs", ["clir"])], above=0), "not testable here", "which the config does not have"),
        (of([ML_OF_XX6], [ZERO_OF_XX6], above=0), "not testable here", "on xx6-en"),
        (of([("zero-shot", ["moir"])], [("ml-cs", ["moir"])], overlap_above=0), "supported", "+0.20"),
        (of([BL], [ZERO], overlap_above=0), "not testable here", "bl-cs"),
        (
            cheap("fine-tune"),
            "supported",
            "for 10 pairs: ml-cs 80 ± 1 s and 1.0 MB (1 model); fine-tune 100 ±",
        ),
        (cheap("cheap-cs"), "contradicted", "cheap-cs 70 ± 1 s and 10.0 MB (10 models); zero-shot 30 ± 1 s"),
        (cheap("like-cs"), "undecided", "like-cs 82 ± 1 s"),  # less apart than twice their spread
        (cheap("one-seed"), "undecided", "one-seed 82 s"),
        (cheap("dear-cs"), "undecided", "dear-cs 860 s"),  # measured once
        (
            cheap("bl-cs"),
            "undecided",
            "bl-cs 370 ± 5 s and 10.0 MB (10 models), from 2 pairs that were measured",
        ),
        (cheap("wiki-cs"), "not testable here", "the times of wiki-cs"),
        (cheap("unknown"), "not testable here", "the times of unknown"),
        (mix(tolerance=0.05), "supported", "of 200 words 50.0 % drawn"),
        (mix(tolerance=0.0), "supported", "49.0 % replaced: de 50.0 %"),
        (mix("wiki-cs", tolerance=0.1), "not testable here", "training data of wiki-cs"),
        (
            borrowed(),
            "supported",
            "of 90 replaced words 100.0 % are of their language, 8.9 % of another",
        ),
        (borrowed(), "supported", "70 of 200 translations are right, 1 of 100 of ml-cs-shuffled's"),
        (borrowed("ml-cs-shuffled", "ml-cs"), "undecided", "1 of 100 translations are right"),
        (borrowed(share=0.05), "contradicted", "8.9 % of another one"),  # any language would do
        (borrowed("wiki-cs"), "not testable here", "the dictionary of wiki-cs"),
    ],
)
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


@pytest.mark.parametrize(
    ("test", "estimate"),
    [
        (of([BL], [ZERO], above=0), "+5."),
        (of([ZERO], [BL], above=0), "−5."),
        (of([BL], [ML], within=[-1, 1]), "0.0"),
        (of([BL], [ML], above=0, gap=GAP, share=0.25), "0.0"),
        (of([BL], [ZERO], each_above=0), "on 1 of 1 pairs above 0"),
        (of([BL], [ZERO], share_above=0.1, gap=GAP, effect=0.2), "a share of 0.2"),
    ],
)
def test_some_pairs_of_a_group_decide_nothing_and_the_rest_is_told(test, estimate):
    result, text = verdict(test)
    assert (result, estimate in text) == ("undecided", True), text
    assert "on en-de alone: ar-it not measured (bl-cs: a training for each)" in text


def test_pairs_that_cannot_exist_are_not_missing():
    test = of([("bl-cs", BOTH)], [("zero-shot", BOTH)], above=0)
    assert verdict(test)[0] == "supported"


def with_seeds(apart):
    """Three seeds of zero-shot and ml-cs, in which ml-cs's gain differs by so much."""
    frames = {
        system: {
            pair: pd.DataFrame(
                {seed: frame[1] + (seed - 2) * apart * (system == "ml-cs") for seed in (1, 2, 3)}
            )
            for pair, frame in EVIDENCE.measured[system].items()
        }
        for system in ("zero-shot", "ml-cs")
    }
    return replace(EVIDENCE, measured={**EVIDENCE.measured, **frames})


def test_seeds_that_disagree_count():
    test = of([ML], [ZERO], above=0)
    assert verdict(test, with_seeds(0.0))[0] == "supported"
    assert verdict(test, with_seeds(0.1))[0] == "undecided"


def test_what_no_seed_changes_is_the_same_with_all_of_them():
    seeds = with_seeds(0.1)
    measured = {**seeds.measured, "zero-shot": EVIDENCE.measured["zero-shot"]}
    test = of([ML], [ZERO], above=0)
    one, three = (
        judged([test], evidence)["tests"][0] for evidence in (seeds, replace(seeds, measured=measured))
    )
    assert one["figures"] == pytest.approx(three["figures"])
    two = {pair: frame[[1, 2]] for pair, frame in seeds.measured["zero-shot"].items()}
    result, text = verdict(test, replace(seeds, measured={**seeds.measured, "zero-shot": two}))
    assert result == "not testable here" and "the same seeds" in text


def test_every_margin_has_its_verdict_and_the_stated_one_is_marked():
    result = judged([of([ML], [ZERO], above=7.2), of([ML], [ZERO], above=0, gap=GAP, share=0.25)])
    assert [at["margin"] for at in result["margins"]] == [0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 7.2]
    assert [at for at in result["margins"] if at["stated"]] == [
        {"margin": 7.2, "stated": True, "verdict": result["verdict"]}
    ]
    assert {at["margin"]: at["verdict"] for at in result["margins"]}[3.0] == "supported"
    of_none = judged([of([ML], [ML], above=0, gap=GAP, share=0.25)])
    assert [at["margin"] for at in of_none["margins"] if at["stated"]] == [1.0]
    assert judged([of([ML], [ZERO], above=0)])["margins"] == []
    close = judged([of([ML], [ML], within=[-2, 2])])
    assert {at["verdict"] for at in close["margins"]} == {"supported"}
    assert judged([mix()])["margins"] == []


@pytest.mark.parametrize(
    ("asked", "margin", "other"),
    [
        (dict(within=[-1, 1]), 1, dict(within=[-2, 2])),
        (dict(within=[0, 3]), 3, dict(within=[0, 2])),
        (dict(above=-1), 1, dict(above=-2)),
        (dict(above=2.5), 2.5, dict(above=2)),
    ],
)
def test_another_margin_keeps_the_direction(asked, margin, other):
    test = of([ML], [ZERO], **asked)
    assert test.margin == margin
    assert test.with_margin(2) == of([ML], [ZERO], **other)
    assert test.with_margin(margin) == test
    assert of([ML], [ZERO], above=0).margin is None
    assert of([ML], [ZERO], above=0).with_margin(2) == of([ML], [ZERO], above=0)


def test_former_tests_are_told_and_count_no_more():
    former = [of([ZERO], [ML], above=0)]
    claim = Claim(1, "s", None, [of([ML], [ZERO], above=0)], former, "it was wrong")
    (result,) = judge([claim], EVIDENCE, {})
    assert result["verdict"] == "supported"
    assert result["former"]["because"] == "it was wrong"
    assert [test["verdict"] for test in result["former"]["tests"]] == ["contradicted"]
    assert judged(former)["former"] is None


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
    assert (some["pairs"], some["of"]) == (1, 2) and "pairs" not in every


def test_a_claim_is_judged_again_with_the_systems_of_another_ranker():
    tests = [of([ML], [ZERO], above=0), of([("bl-cs", ["en-de"])], [ZERO_EN_DE], above=0)]
    result = judged(tests, variants=FAST)
    assert result["verdict"] == "supported"
    again = result["variants"]["fast"]
    assert again["verdict"] == "contradicted"  # by the test that it has both systems for
    assert [test["verdict"] for test in again["tests"]] == ["contradicted", "not testable here"]
    other = {"fast": {"zero-shot": "ml-cs-fast", "ml-cs": "zero-shot-fast"}}
    assert judged(tests, variants=other)["variants"]["fast"]["verdict"] == "undecided"
    assert judged(tests[1:], variants=FAST)["variants"] == {}


def test_with_a_headline_a_claim_is_judged_with_its_systems_and_again_with_those_that_it_names():
    tests = [of([ML], [ZERO], above=0, gap=GAP, share=0.25), of([BL], [ZERO], above=0)]
    plain = judged(tests)
    headed = judged(tests, headline="fast", variants={"kernel": None})
    fast = judged([of([ML], [ZERO], above=0)], variants=FAST)["variants"]["fast"]
    assert headed["verdict"] == "contradicted" == fast["verdict"]
    assert headed["tests"][0]["figures"]["estimate"] == fast["tests"][0]["figures"]["estimate"]
    assert headed["tests"][1]["verdict"] == "not testable here"
    assert "the system bl-cs-fast, which the config does not have" in headed["tests"][1]["text"]
    assert headed["variants"]["kernel"] == {key: plain[key] for key in ("verdict", "tests")}
    assert {at["verdict"] for at in headed["margins"]} == {"contradicted"}
    assert {at["verdict"] for at in plain["margins"]} == {"undecided"}


def test_former_tests_stay_those_of_the_systems_that_they_name():
    claim = Claim(1, "s", None, [of([ML], [ZERO], above=0)], [of([ML], [ZERO], above=0)], "it was wrong")
    (result,) = judge([claim], EVIDENCE, {}, "fast")
    assert result["verdict"] == "contradicted"
    assert [test["verdict"] for test in result["former"]["tests"]] == ["supported"]


WITH_FAST = replace(
    EVIDENCE,
    costs=COSTS | {"ml-cs-fast": cost(10, 1, 50, 600), "fine-tune-fast": COSTS["fine-tune"]},
    training=EVIDENCE.training
    | {"ml-cs-fast": {"nominal_ratio": 0.5, "sides": {"query": side(dict(de=30, it=20), de=30, it=20)}}}
    | {"ml-cs-shuffled-fast": EVIDENCE.training["ml-cs"]},
    precisions=EVIDENCE.precisions
    | {"ml-cs-fast": {"de": (1, 100)}, "ml-cs-shuffled-fast": EVIDENCE.precisions["ml-cs"]},
)


@pytest.mark.parametrize(
    ("test", "expected", "said"),
    [
        (cheap("fine-tune"), "contradicted", "ml-cs-fast 660 ± 1 s and 1.0 MB (1 model); fine-tune-fast"),
        (cheap("bl-cs"), "not testable here", "the times of bl-cs-fast"),
        (mix(), "contradicted", "of 100 words"),
        (borrowed(), "undecided", "1 of 100 translations are right, 70 of 200 of ml-cs-shuffled-fast's"),
        (borrowed("wiki-cs"), "not testable here", "the training data and the dictionary of wiki-cs-fast"),
    ],
)
def test_times_and_training_texts_are_the_headlines_too(test, expected, said):
    result = judged([test], WITH_FAST, {"kernel": None, **FAST}, "fast")
    assert (result["verdict"], said in result["tests"][0]["text"]) == (expected, True), result["tests"][0]
    assert list(result["variants"]) == ["kernel"]
    assert result["variants"]["kernel"]["tests"] == judged([test])["tests"]


def test_many_tests_ask_for_more_before_one_contradicts_a_claim():
    """One test of a true difference of nought that is at p = .03 by chance."""
    base = np.random.default_rng(4).normal(size=len(QUERIES))
    base = base - base.mean()
    error = base.std(ddof=1) / np.sqrt(len(QUERIES))
    ours = {"en-de": pd.DataFrame({1: base - 2.2 * error}, QUERIES)}
    nothing = {"en-de": pd.DataFrame({1: 0.0}, QUERIES)}
    evidence = replace(EVIDENCE, measured={"ml-cs": ours, "zero-shot": nothing})
    test = of([("ml-cs", ["en-de"])], [ZERO_EN_DE], above=0)
    for number, expected in ((1, "contradicted"), (4, "undecided")):
        assert judged([test] * number, evidence)["verdict"] == expected


def test_the_fifteen_claims_are_judged_whatever_the_config_has():
    claims = load_claims()
    assert [claim.id for claim in claims] == list(range(1, 16))
    judged = judge(claims, EVIDENCE, FAST)
    assert json.loads(json.dumps(judged, allow_nan=False)) == judged
    rows = list(csv.DictReader(io.StringIO(to_csv(judged))))
    assert [int(row["id"]) for row in rows] == list(range(1, 16))
    assert all(row["verdict"] in VERDICTS and row["figures"] for row in rows)
    assert rows[0]["published"].startswith("code-switching over zero-shot, average of CLIR: +5.1; ")
    assert rows[6]["published"] == "not known"
    headed = judge(claims, EVIDENCE, {"kernel": None}, "fast")
    for plain, claim in zip(judged, headed, strict=True):
        assert claim["variants"]["kernel"] == {key: plain[key] for key in ("verdict", "tests")}
        assert claim["former"] == plain["former"]
    assert "verdict (kernel)" in to_csv(headed).splitlines()[0]


def test_systems_that_are_all_alike_support_no_claim_of_a_gain():
    experiment = configs.checked(configs.full())
    same = {pair: pd.DataFrame({1: np.linspace(0, 1, len(QUERIES))}, QUERIES) for pair in experiment.pairs}
    evidence = replace(
        EVIDENCE, measured=dict.fromkeys(experiment.systems, same), groups=experiment.groups, impossible={}
    )
    verdicts = {claim["id"]: claim["verdict"] for claim in judge(load_claims(), evidence, {})}
    assert all(verdicts[number] != "supported" for number in (1, 2, 3, 4, 5, 6, 9, 11, 12, 13, 14))
    assert verdicts[7] == verdicts[8] == "supported"
