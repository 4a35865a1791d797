"""The paper's claims: the file that states them, and how they are judged."""

import csv
import io
import json
from pathlib import Path

import configs
import numpy as np
import pandas as pd
import pytest

from switchrank.claims import Evidence, judge, load_claims, to_csv
from switchrank.errors import UserError
from switchrank.experiment import Experiment

FILES = configs.CONFIG / "claims.yaml", configs.CONFIG / "published.yaml"
QUERIES = pd.Index([f"q{number:03}" for number in range(300)], name="query_id")
GROUPS = {"clir": ["en-de", "ar-it"], "moir": ["en-en"]}


def measured(**systems):
    """System → pair → RR@10, each system a number above a common base."""
    base = np.random.default_rng(1).uniform(0.1, 0.5, len(QUERIES))
    noise = np.random.default_rng(2)
    return {
        system.replace("_", "-"): {
            pair: pd.Series(base + mean + noise.normal(0, 0.01, len(QUERIES)), QUERIES)
            for pair, mean in own.items()
        }
        for system, own in systems.items()
    }


def correlations(**systems):
    rows = [
        (system.replace("_", "-"), "en-en", query, mean + drawn)
        for system, mean in systems.items()
        for query, drawn in zip(QUERIES, np.random.default_rng(3).normal(0, 0.1, len(QUERIES)), strict=True)
    ]
    return pd.DataFrame(rows, columns=["system", "pair", "query_id", "correlation"])


COSTS = {
    "ml-cs": {
        "pairs": 10,
        "models": 1,
        "lexicons": 50,
        "data": 5,
        "training": 20,
        "megabytes": 1,
        "texts": 0,
    },
    "bl-cs": {"pairs": 2, "models": 2, "lexicons": 20, "data": 5, "training": 40, "megabytes": 2, "texts": 0},
    "ml-cs-tt": {
        "pairs": 10,
        "models": 1,
        "lexicons": 9,
        "data": 5,
        "training": 20,
        "megabytes": 1,
        "texts": 30,
    },
}


def side(**switched):
    return {"words": 100, "switched": sum(switched.values()),
            "languages": {language: {"switched": count} for language, count in switched.items()}}  # fmt: skip


EVIDENCE = Evidence(
    measured=measured(
        zero_shot={"en-de": 0.0, "ar-it": 0.0, "en-en": 0.2},
        ml_cs={"en-de": 0.05, "ar-it": 0.1, "en-en": 0.2},
        bl_cs={"en-de": 0.05},
        zero_shot_fast={"en-de": 0.2, "ar-it": 0.2, "en-en": 0.2},
        ml_cs_fast={"en-de": 0.1, "ar-it": 0.1, "en-en": 0.2},
    ),
    groups=GROUPS,
    overlap=correlations(zero_shot=0.5, ml_cs=0.3),
    costs=COSTS,
    training={
        "ml-cs": {"nominal_ratio": 0.5, "sides": {"query": side(de=24, it=25), "passage": side(de=25, it=24)}}
    },
)
FAST = {"fast": {"zero-shot": "zero-shot-fast", "ml-cs": "ml-cs-fast"}}


def of(plus, minus, **asked):
    terms = [[{"system": system, "pairs": pairs} for system, pairs in own] for own in (plus, minus)]
    return {"what": "w", "because": "b", "plus": terms[0], "minus": terms[1], **asked}


def verdict(test, evidence=EVIDENCE):
    claim = {"id": 1, "statement": "s", "tests": [{"what": "w", "because": "b", **test}]}
    (found,) = judge([claim], {}, evidence, {})
    return found["verdict"], found["tests"][0]["text"]


ML, ZERO, BL = ("ml-cs", ["clir"]), ("zero-shot", ["clir"]), ("bl-cs", ["clir"])
ML_OF_XX6, ZERO_OF_XX6 = ("ml-cs", ["xx6-en"]), ("zero-shot", ["xx6-en"])
GAIN_OF_GAINS = (
    [("ml-cs", ["ar-it"]), ("zero-shot", ["en-de"])],
    [("zero-shot", ["ar-it"]), ("ml-cs", ["en-de"])],
)


@pytest.mark.parametrize(
    ("test", "expected", "said"),
    [
        (of([ML], [ZERO], above=0), "supported", "+7."),
        (of([ZERO], [ML], above=0), "contradicted", "−7."),
        (of([ML], [ZERO], above=0, each=True), "supported", "on 2 of 2 pairs"),
        (of([ML], [ZERO], within=[-1, 1]), "contradicted", "for within -1 to 1"),
        (of([ML], [BL], within=[-1, 1]), "supported", "on en-de of 2 pairs"),
        (of([("zero-shot", ["moir"])], [ZERO], above=10), "supported", "against 10"),
        (of(*GAIN_OF_GAINS, above=0), "supported", "+5."),
        (of([ML], [ZERO], above=1.1, ratio=True), "supported", "a ratio of 1.2"),
        (of([ML], [("wiki-cs", ["clir"])], above=0), "not testable here", "which the config does not have"),
        (of([ML_OF_XX6], [ZERO_OF_XX6], above=0), "not testable here", "on xx6-en"),
        (of([("zero-shot", ["moir"])], [("ml-cs", ["moir"])], above=0, overlap=True), "supported", "+0.20"),
        (of([BL], [ZERO], above=0, overlap=True), "not testable here", "bl-cs"),
        ({"cost": {"system": "ml-cs", "than": "bl-cs"}}, "supported", "7.5 s each"),
        ({"cost": {"system": "bl-cs", "than": "ml-cs"}}, "contradicted", "for 2 pairs, 32.5 s each"),
        ({"cost": {"system": "ml-cs", "than": "ml-cs-tt"}}, "supported", "ml-cs 0 s, ml-cs-tt 30 s"),
        ({"cost": {"system": "ml-cs", "than": "wiki-cs"}}, "not testable here", "the times of wiki-cs"),
        ({"mix": {"system": "ml-cs", "tolerance": 0.1}}, "supported", "49.0 % of 200 words"),
        ({"mix": {"system": "ml-cs", "tolerance": 0.0}}, "supported", "de 50.0 %, it 50.0 %"),
        ({"mix": {"system": "wiki-cs", "tolerance": 0.1}}, "not testable here", "training data of wiki-cs"),
    ],
)  # fmt: skip
def test_every_kind_of_test(test, expected, said):
    found, text = verdict(test)
    assert (found, said in text) == (expected, True), text


@pytest.mark.parametrize("words", [dict(de=30, it=10), dict(de=70, it=70), dict(de=0, it=0)])
def test_a_lopsided_mix_too_much_or_none_at_all_is_no_code_switching(words):
    sides = {"query": side(**words), "passage": side(**words)}
    evidence = Evidence({}, {}, correlations(), {}, {"ml-cs": {"nominal_ratio": 0.5, "sides": sides}})
    assert verdict({"mix": {"system": "ml-cs", "tolerance": 0.1}}, evidence)[0] == "contradicted"


def test_a_claim_is_judged_again_with_the_systems_of_another_ranker():
    claim = {"id": 5, "statement": "s", "tests": [of([ML], [ZERO], above=0), of([BL], [ZERO], above=0)]}
    (found,) = judge([claim], {}, EVIDENCE, FAST)
    assert found["verdict"] == "supported"
    assert found["variants"]["fast"]["verdict"] == "contradicted"  # on the test that it has both systems for
    assert len(found["variants"]["fast"]["tests"]) == 1
    only = {"id": 8, "statement": "s", "tests": [of([BL], [ZERO], above=0)]}
    assert judge([only], {}, EVIDENCE, FAST)[0]["variants"] == {}


def test_the_fifteen_claims_are_judged_whatever_the_config_has():
    claims, published = load_claims(*FILES)
    assert [claim["id"] for claim in claims] == list(range(1, 16))
    judged = judge(claims, published, EVIDENCE, FAST)
    assert json.loads(json.dumps(judged, allow_nan=False)) == judged
    rows = list(csv.DictReader(io.StringIO(to_csv(judged))))
    assert [int(row["id"]) for row in rows] == list(range(1, 16))
    allowed = {"supported", "contradicted", "undecided", "not testable here"}
    assert all(row["verdict"] in allowed and row["figures"] for row in rows)
    assert rows[0]["published"].startswith("code-switching over zero-shot, average of CLIR: +5.1; ")
    assert rows[6]["published"] == "not known"


def test_claims_name_systems_and_pairs_that_the_full_experiment_has():
    experiment = Experiment(configs.full())
    for claim in load_claims(*FILES)[0]:
        for test in claim["tests"]:
            named = [term["system"] for side in ("plus", "minus") for term in test.get(side, [])]
            named += [
                test[kind][key]
                for kind in ("cost", "mix")
                if kind in test
                for key in ("system", "than")
                if key in test[kind]
            ]
            assert set(named) <= set(experiment.systems)
            pairs = [
                pair for side in ("plus", "minus") for term in test.get(side, []) for pair in term["pairs"]
            ]
            assert set(pairs) <= {*experiment.groups, *experiment.pairs}


def test_claims_of_no_difference_are_equivalence_tests():
    claims = {claim["id"]: claim for claim in load_claims(*FILES)[0]}
    for number in (7, 8, 12):
        assert all("within" in test and test["because"] for test in claims[number]["tests"])


def test_published_figures_are_those_known_and_no_others():
    _, published = load_claims(*FILES)
    values = {name: figure.get("value", figure.get("gain")) for name, figure in published.items()}
    assert values == {
        "zero-shot-clir": 15.7,
        "zero-shot-mlir": 16.6,
        "zero-shot-ar-it": 7.7,
        "zero-shot-ar-ru": 7.1,
        "code-switching-ar-it": 15.6,
        "code-switching-ar-ru": 14.1,
        "code-switching-clir": 5.1,
        "code-switching-mlir": 3.9,
        "code-switching-six-fourteen": [4.1, 3.8],
        "fine-tune-moir": 4,
        "fine-tune-clir": 11.1,
        "translate-test-clir": [0.2, 2.2],
    }


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- id: 2\n", "- id: 1\n", "claim 1: found twice"),
        (
            "[zero-shot-clir, zero-shot-mlir]",
            "[zero-shot-clirr]",
            "claim 2: published: found 'zero-shot-clirr'",
        ),
        ("above: -1\n", "abov: -1\n", "unknown key"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path, old, new, said):
    text = FILES[0].read_text(encoding="utf-8")
    assert old in text
    path = Path(tmp_path / "claims.yaml")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError, match=said) as error:
        load_claims(path, FILES[1])
    assert "\n" not in str(error.value)
