"""The paper's claims, judged on this project's own measures; claims.yaml beside this file states them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean as exact_mean  # of equal numbers it is that number
from typing import Any

import numpy as np
import pandas as pd

from switchrank.claims.evidence import NotMeasured, cheaper, mixes
from switchrank.claims.verdicts import NOT_TESTABLE, Verdict, above, combined, each_above, ratio_above, within
from switchrank.errors import UserError
from switchrank.settings import load_yaml, validate
from switchrank.statistics.significance import ALPHA

_OVERLAP = 0.05  # of Spearman's correlation, what the power is told for where a test does not say
_SCHEMAS = Path(__file__).parents[1] / "schemas"
CLAIMS, PUBLISHED = (Path(__file__).with_name(name) for name in ("claims.yaml", "published.yaml"))


@dataclass(frozen=True)
class Evidence:
    """What claims are judged on.

    Attributes:
        measured: system → pair → the metric by query_id (sorted), 0 to 1, averaged over seeds.
        groups: group → its pairs.
        impossible: system → pairs on which there can be no cell.
        ceilings: pair → share of queries with a relevant passage among the candidates.
        overlap: columns system, pair, query_id, correlation; see analyses.overlap.
        costs: see evidence.cheaper.
        training: system → figures of its training data.
    """

    measured: Mapping[str, Mapping[str, pd.Series]]
    groups: Mapping[str, Sequence[str]]
    impossible: Mapping[str, Collection[str]]
    ceilings: Mapping[str, float]
    overlap: pd.DataFrame
    costs: Mapping[str, Mapping[str, float]]
    training: Mapping[str, Mapping[str, Any]]


def load_claims(
    claims: str | Path = CLAIMS, published: str | Path = PUBLISHED
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]]]:
    """Read the claims and the paper's figures.

    Raises:
        UserError: a file is not what is expected, an id comes twice, or a published figure is unknown.
    """
    stated, figures = load_yaml(claims), load_yaml(published)
    validate(stated, _SCHEMAS / "claims.schema.yaml", claims)
    validate(figures, _SCHEMAS / "published.schema.yaml", published)
    seen: set[int] = set()
    for claim in stated:
        if claim["id"] in seen:
            raise UserError(f"{claims}: claim {claim['id']}: found twice, expected each id once")
        seen.add(claim["id"])
        for name in claim.get("published", []):
            if name not in figures:
                raise UserError(
                    f"{claims}: claim {claim['id']}: published: found {name!r}, not in {published}"
                )
    return stated, figures


def judge(
    claims: Sequence[Mapping[str, Any]],
    published: Mapping[str, Mapping[str, Any]],
    evidence: Evidence,
    variants: Mapping[str, Mapping[str, str]],
) -> list[dict[str, Any]]:
    """Judge every claim.

    Args:
        claims, published: as load_claims gives them.
        evidence: what they are judged on.
        variants: name → system → the system that stands for it; each claim is judged a second time with
            these, where any test's systems all have one. The other tests are then not testable.

    Returns:
        for each claim: id, statement, verdict, published (text, or None), tests (what, verdict, text,
        because, figures), variants (name → verdict and tests).
    """
    return [_judged(claim, published, evidence, variants) for claim in claims]


def to_csv(judged: Sequence[Mapping[str, Any]]) -> str:
    """A row for each claim: id, statement, verdict, figures, the paper's own, verdict of each variant."""
    names = list(dict.fromkeys(name for claim in judged for name in claim["variants"]))
    rows = [
        {
            **{key: claim[key] for key in ("id", "statement", "verdict")},
            "figures": " | ".join(f"{t['what']}: {t['verdict']}: {t['text']}" for t in claim["tests"]),
            "published": claim["published"] or "not known",
            **{f"verdict ({name})": claim["variants"].get(name, {}).get("verdict", "") for name in names},
        }
        for claim in judged
    ]
    return pd.DataFrame(rows).to_csv(index=False, lineterminator="\n")


def _judged(
    claim: Mapping[str, Any],
    published: Mapping[str, Mapping[str, Any]],
    evidence: Evidence,
    variants: Mapping[str, Mapping[str, str]],
) -> dict[str, Any]:
    tests = [_reported(test, _run(test, evidence, {}, _against(claim))) for test in claim["tests"]]
    again = {name: _variant(claim, evidence, substitutes) for name, substitutes in variants.items()}
    return {
        "id": claim["id"],
        "statement": claim["statement"],
        "verdict": combined([test["verdict"] for test in tests]),
        "published": "; ".join(_published(published[name]) for name in claim.get("published", [])) or None,
        "tests": tests,
        "variants": {name: variant for name, variant in again.items() if variant},
    }


def _against(claim: Mapping[str, Any]) -> float:
    """The p that it takes to contradict a test: Bonferroni's for the claim, which one test can contradict."""
    return ALPHA / len(claim["tests"])


def _variant(
    claim: Mapping[str, Any], evidence: Evidence, substitutes: Mapping[str, str]
) -> dict[str, Any] | None:
    """The claim judged with other systems; None if they can stand in for those of no test."""
    named = [
        {term["system"] for term in [*test.get("plus", []), *test.get("minus", [])]}
        for test in claim["tests"]
    ]
    if not any(systems and systems <= substitutes.keys() for systems in named):
        return None
    tests = []
    for test, systems in zip(claim["tests"], named, strict=True):
        if systems and systems <= substitutes.keys():
            verdict = _run(test, evidence, substitutes, _against(claim))
        else:
            lacking = ", ".join(sorted(systems - substitutes.keys())) or "times and training data"
            verdict = Verdict(NOT_TESTABLE, f"it would take {lacking} with this ranker")
        tests.append(_reported(test, verdict))
    return {"verdict": combined([test["verdict"] for test in tests]), "tests": tests}


def _reported(test: Mapping[str, Any], verdict: Verdict) -> dict[str, Any]:
    head = {"what": test["what"], "verdict": verdict.verdict, "text": verdict.text}
    return head | {"because": test["because"], "figures": dict(verdict.figures)}


def _published(figure: Mapping[str, Any]) -> str:
    if "value" in figure:
        value = f"{figure['value']:g}"
    else:
        value = " / ".join(f"{gain:+g}" for gain in np.atleast_1d(figure.get("gain", [])))
    text = f"{figure['about']}: {value}"
    return f"{text} ({figure['note']})" if "note" in figure else text


def _run(
    test: Mapping[str, Any], evidence: Evidence, substitutes: Mapping[str, str], against: float
) -> Verdict:
    try:
        if "cost" in test:
            return _cheaper(test["cost"], evidence)
        if "mix" in test:
            return mixes(evidence.training, test["mix"]["system"], test["mix"]["tolerance"])
        return _compare(test, evidence, substitutes, against)
    except NotMeasured as error:
        return Verdict(NOT_TESTABLE, str(error))


def _cheaper(asked: Mapping[str, Any], evidence: Evidence) -> Verdict:
    """For the other system's own pairs, or for all of some that it can have."""
    lost = evidence.impossible.get(asked["than"], ())
    pairs = [pair for name in asked.get("pairs", ()) for pair in evidence.groups.get(name, [name])]
    wanted = len([pair for pair in pairs if pair not in lost])
    return cheaper(evidence.costs, asked["system"], asked["than"], wanted or None)


@dataclass(frozen=True)
class _Part:
    """A term of a test: a system's mean over the pairs that it is judged on, with its sign."""

    sign: int
    system: str
    pairs: Sequence[str]
    asked: int  # pairs that the test names and that can exist


def _compare(
    test: Mapping[str, Any], evidence: Evidence, substitutes: Mapping[str, str], against: float
) -> Verdict:
    terms = [(sign, term["system"], term["pairs"]) for sign in ("plus", "minus") for term in test[sign]]
    terms = [(sign, substitutes.get(system, system), on) for sign, system, on in terms]
    has = evidence.measured
    if test.get("overlap"):
        has = evidence.overlap.groupby("system")["pair"].agg(set).to_dict()
    missing = sorted({system for _, system, _ in terms} - has.keys())
    if missing:
        raise NotMeasured(f"it would take the system {', '.join(missing)}, which the config does not have")
    parts, few = [], []
    for sign, system, on in terms:
        # The same pairs for all systems that are measured on the same groups.
        alike = {other for _, other, names in terms if names == on}
        lost = {pair for other in alike for pair in evidence.impossible.get(other, ())}
        asked = [pair for name in on for pair in evidence.groups.get(name, [name]) if pair not in lost]
        pairs = [pair for pair in asked if all(pair in has[other] for other in alike)]
        if not pairs:
            raise NotMeasured(f"it would take {', '.join(sorted(alike))} on {', '.join(on)}")
        if len(pairs) < len(asked) and (text := f"on {', '.join(pairs)} of {len(asked)} pairs") not in few:
            few.append(text)
        parts.append(_Part(1 if sign == "plus" else -1, system, pairs, len(asked)))
    verdict = _decide(test, evidence, parts, against)
    least = min(parts, key=lambda part: len(part.pairs) / part.asked)
    figures = {**verdict.figures, "pairs": len(least.pairs), "of": least.asked}
    return Verdict(verdict.verdict, "; ".join([verdict.text, *few]), figures)


def _decide(test: Mapping[str, Any], evidence: Evidence, parts: Sequence[_Part], against: float) -> Verdict:
    if test.get("overlap"):
        means = [_overlap_mean(evidence, part) for part in parts]
        queries = sorted(set.intersection(*(set(mean.index[mean.notna()]) for mean in means)))
        if len(queries) < 2:
            raise NotMeasured("it would take queries whose candidates differ in their token overlap")
        signed = [part.sign * mean.loc[queries] for part, mean in zip(parts, means, strict=True)]
        difference = np.sum(signed, axis=0)
        effect = test.get("effect", test["above"] + _OVERLAP)
        return above(difference, test["above"], effect, "of Spearman's correlation", against)
    queries = [evidence.measured[part.system][pair].index for part in parts for pair in part.pairs]
    if not all(index.equals(queries[0]) for index in queries):
        raise NotMeasured("it would take the same queries on all pairs")
    scores = [_mean(evidence, part.system, part.pairs) for part in parts]
    if test.get("ratio"):
        ours, theirs = (
            np.sum([mean for part, mean in zip(parts, scores, strict=True) if part.sign == sign], axis=0)
            for sign in (1, -1)
        )
        ceiling = exact_mean(evidence.ceilings[pair] for part in parts for pair in part.pairs)
        return ratio_above(ours, theirs, test["above"], test["effect"], 100 * ceiling, against)
    # Rounded, as sums that ought to be equal may differ in their last bits.
    signed = [part.sign * mean for part, mean in zip(parts, scores, strict=True)]
    difference = np.round(np.sum(signed, axis=0), 10)
    if "within" in test:
        return within(difference, *test["within"], against=against)
    effect = test.get("effect", test["above"] + 1)
    if test.get("each"):
        ours, theirs = parts
        by_pair = {
            pair: np.round(_mean(evidence, ours.system, [pair]) - _mean(evidence, theirs.system, [pair]), 10)
            for pair in ours.pairs
        }
        return each_above(difference, by_pair, test["above"], effect, ours.asked, against)
    return above(difference, test["above"], effect, against=against)


def _mean(evidence: Evidence, system: str, pairs: Sequence[str]) -> np.ndarray:
    """The metric × 100 of each query, averaged over pairs."""
    return 100 * np.mean([evidence.measured[system][pair].to_numpy() for pair in sorted(pairs)], axis=0)


def _overlap_mean(evidence: Evidence, part: _Part) -> pd.Series:
    """Correlation of each query, averaged over the pairs on which it exists."""
    rows = evidence.overlap[evidence.overlap["system"] == part.system]
    return rows[rows["pair"].isin(part.pairs)].groupby("query_id")["correlation"].mean()
