"""The paper's claims, judged on this project's own measures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from switchrank.claims.evidence import NotMeasured, borrows, cheaper, mixes
from switchrank.claims.statements import Claim, ClaimTest, Term
from switchrank.claims.verdicts import (
    NOT_TESTABLE,
    Size,
    Verdict,
    above,
    combined,
    each_above,
    of_part,
    share_above,
    within,
)
from switchrank.statistics.significance import ALPHA, without_noise

MARGINS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)  # points; what each claim comes to at all of them is told


@dataclass(frozen=True)
class Evidence:
    """What claims are judged on.

    `measured` has the metric by query_id (sorted), 0 to 1, with a column for each seed; for `overlap`,
    `costs` and `training` see analyses.overlap, analyses.costs and training.tally.
    """

    measured: Mapping[str, Mapping[str, pd.DataFrame]]  # by system and pair
    groups: Mapping[str, Sequence[str]]  # group → its pairs
    impossible: Mapping[str, Collection[str]]  # system → pairs on which there can be no cell
    why: Mapping[str, str]  # system → why it is measured on some pairs alone, where the config says so
    overlap: pd.DataFrame  # columns system, pair, query_id, correlation
    costs: Mapping[str, Mapping[str, float]]  # by system
    training: Mapping[str, Mapping[str, Any]]  # by system
    precisions: Mapping[str, Mapping[str, tuple[int, int]]]  # see evidence.borrows

    def possible(self, names: Sequence[str], systems: Collection[str]) -> list[str]:
        """The pairs of these groups, or these pairs, on which each of the systems can have a cell."""
        lost = {pair for system in systems for pair in self.impossible.get(system, ())}
        return [pair for name in names for pair in self.groups.get(name, [name]) if pair not in lost]


def judge(
    claims: Sequence[Claim],
    evidence: Evidence,
    variants: Mapping[str, Mapping[str, str] | None],
    headline: str | None = None,
) -> list[dict[str, Any]]:
    """Judge every claim.

    With a `headline` it is judged with the systems of that ending, ml-cs-ce for ml-cs and so on; what it was
    judged with formerly stays.

    `variants` (name → system → the system that stands for it) are other systems to judge a claim with again,
    where any of its tests has one for all of its systems; the other tests are then not testable. None are
    the systems as claims name them, for all tests.

    Returns:
        for each claim: id, statement, verdict, published (text, or None), tests (what, kind, verdict, text,
        because, figures), margins (margin, whether a test states it, verdict if all tests had it), former
        (because, and tests that no longer judge it; None if there are none), variants (name → verdict and
        tests).
    """
    judged = []
    for claim in claims:
        result = {"id": claim.id, "statement": claim.statement}
        first = claim if headline is None else _headed(claim, headline)
        verdict, tests = _judged(first, evidence)
        result |= {"verdict": verdict, "published": claim.published, "tests": tests}
        result |= {"margins": _by_margin(first, evidence), "former": None, "variants": {}}
        if claim.former:
            dropped = _told(claim.former, _verdicts(claim.former, evidence))
            result["former"] = {"because": claim.former_because, "tests": dropped}
        for name, substitutes in variants.items():
            if substitutes is None or any(
                test.terms and not _lacking(test, substitutes) for test in claim.tests
            ):
                verdict, tests = _judged(claim, evidence, substitutes)
                result["variants"][name] = {"verdict": verdict, "tests": tests}
        judged.append(result)
    return judged


def to_csv(judged: Sequence[Mapping[str, Any]]) -> str:
    """A row for each claim: id, statement, verdict, figures, the paper's own, verdict of each variant."""
    rows = []
    for claim in judged:
        row = {key: claim[key] for key in ("id", "statement", "verdict")}
        row["figures"] = " | ".join(f"{t['what']}: {t['verdict']}: {t['text']}" for t in claim["tests"])
        row["published"] = claim["published"] or "not known"
        variants = {f"verdict ({name})": again["verdict"] for name, again in claim["variants"].items()}
        rows.append(row | variants)
    return pd.DataFrame(rows).to_csv(index=False, lineterminator="\n")


def _headed(claim: Claim, headline: str) -> Claim:
    """A claim about the systems of an ending."""
    return replace(claim, tests=[test.of(lambda system: f"{system}-{headline}") for test in claim.tests])


def _judged(
    claim: Claim, evidence: Evidence, substitutes: Mapping[str, str] | None = None
) -> tuple[str, list[dict[str, Any]]]:
    verdicts = _verdicts(claim.tests, evidence, substitutes)
    return combined([verdict.verdict for verdict in verdicts]), _told(claim.tests, verdicts)


def _verdicts(
    tests: Sequence[ClaimTest], evidence: Evidence, substitutes: Mapping[str, str] | None = None
) -> list[Verdict]:
    against = ALPHA / max(1, len(tests))  # Bonferroni's for the claim, which one test can contradict
    verdicts = []
    for test in tests:
        try:
            of = test if substitutes is None else _of(test, substitutes)
            verdicts.append(_verdict(of, evidence, against))
        except NotMeasured as error:
            verdicts.append(Verdict(NOT_TESTABLE, str(error)))
    return verdicts


def _told(tests: Sequence[ClaimTest], verdicts: Sequence[Verdict]) -> list[dict[str, Any]]:
    return [
        {"what": test.what, "kind": test.kind, "verdict": verdict.verdict, "text": verdict.text}
        | {"because": test.because, "figures": dict(verdict.figures)}
        for test, verdict in zip(tests, verdicts, strict=True)
    ]


def _by_margin(claim: Claim, evidence: Evidence) -> list[dict[str, Any]]:
    """The claim's verdict at every margin or, where it has none, at every size that might be called none.

    Nothing where its verdict hangs on neither.
    """
    stated = {test.margin for test in claim.tests} - {None}
    if stated:
        at = {margin: [test.with_margin(margin) for test in claim.tests] for margin in {*MARGINS, *stated}}
    elif stated := {test.none for test in claim.tests if test.published_share}:
        at = {none: [replace(test, none=none) for test in claim.tests] for none in {*MARGINS, *stated}}
    else:
        at = {}
    return [
        {
            "margin": margin,
            "stated": margin in stated,
            "verdict": combined([verdict.verdict for verdict in _verdicts(at[margin], evidence)]),
        }
        for margin in sorted(at)
    ]


def _lacking(test: ClaimTest, substitutes: Mapping[str, str]) -> list[str]:
    return sorted({term.system for term in (*test.terms, *test.gap)} - substitutes.keys())


def _of(test: ClaimTest, substitutes: Mapping[str, str]) -> ClaimTest:
    """The same test of other systems."""
    if not test.terms or (lacking := _lacking(test, substitutes)):
        what = ", ".join(lacking) if test.terms else "times and training data"
        raise NotMeasured(f"it would take {what} with this ranker")
    return test.of(substitutes.__getitem__)


def _verdict(test: ClaimTest, evidence: Evidence, against: float) -> Verdict:
    if test.kind == "cost":
        verdict = cheaper(evidence.costs, **test.asked)
        measured, of = (int(verdict.figures[key]) for key in ("pairs", "of"))
        return of_part(verdict, f"{measured} of {of} pairs") if measured < of else verdict
    if test.kind == "mix":
        return mixes(evidence.training, **test.asked)
    if test.kind == "borrowed":
        return borrows(evidence.training, evidence.precisions, **test.asked)
    has: Mapping[str, Collection[str]] = evidence.measured
    if test.kind == "overlap_above":
        has = evidence.overlap.groupby("system")["pair"].agg(set).to_dict()
    every = [*test.terms, *test.gap]
    if missing := sorted({term.system for term in every} - has.keys()):
        raise NotMeasured(f"it would take the system {', '.join(missing)}, which the config does not have")
    terms, lost = [], {}
    for term in every:
        # The same pairs for all systems that are measured on the same groups.
        alike = {other.system for other in every if other.pairs == term.pairs}
        possible = evidence.possible(term.pairs, alike)
        pairs = [pair for pair in possible if all(pair in has[system] for system in alike)]
        if not pairs:
            raise NotMeasured(f"it would take {', '.join(sorted(alike))} on {', '.join(term.pairs)}")
        if len(pairs) < len(possible):
            lost |= _lost(alike, pairs, possible, evidence)
        terms.append(replace(term, pairs=pairs))
    count = len(test.terms)
    verdict = _compared(replace(test, terms=terms[:count], gap=terms[count:]), evidence, against)
    if not lost:
        return verdict
    measured, of = min(lost.values(), key=lambda pair: pair[0] / pair[1])
    figures = {**verdict.figures, "pairs": measured, "of": of}
    return of_part(replace(verdict, figures=figures), "; ".join(lost))


def _lost(
    systems: Collection[str], pairs: Sequence[str], possible: Sequence[str], evidence: Evidence
) -> dict[str, tuple[int, int]]:
    """What is missing, in words, and of how many pairs how many were measured."""
    missing = [pair for pair in possible if pair not in pairs]
    text = f"on {', '.join(pairs)} alone: {', '.join(missing)} not measured"
    reasons = [f"{system}: {evidence.why[system]}" for system in sorted(systems) if system in evidence.why]
    return {f"{text} ({'; '.join(reasons)})" if reasons else text: (len(pairs), len(possible))}


def _compared(test: ClaimTest, evidence: Evidence, against: float) -> Verdict:
    """The verdict on a test whose terms name the pairs that they are judged on."""
    if test.kind == "overlap_above":
        difference = _overlap(evidence, test.terms)
        return above(difference, test.asked, test.effect, "of Spearman's correlation", against)
    first, *others = (
        evidence.measured[term.system][pair].index for term in (*test.terms, *test.gap) for pair in term.pairs
    )
    if not all(index.equals(first) for index in others):
        raise NotMeasured("it would take the same queries on all pairs")
    difference = _difference(evidence, test.terms)
    if test.kind == "within":
        return within(difference, *test.asked, against=against)
    gap = _difference(evidence, test.gap) if test.gap else None
    if test.kind == "share_above":
        return share_above(difference, gap, test.asked, test.effect, against)
    size = Size(test.published_share, gap) if test.published_share else None
    asked = {"against": against, "size": size, "none": test.none}
    if test.kind == "above":
        return above(difference, test.asked, test.effect, **asked)
    by_pair = {
        pair: _difference(evidence, [replace(term, pairs=[pair]) for term in test.terms])
        for pair in test.terms[0].pairs
    }
    return each_above(difference, by_pair, test.asked, test.effect, **asked)


def _difference(evidence: Evidence, terms: Sequence[Term]) -> np.ndarray:
    """Points of each query with each seed; a system that no seed changes is the same with all of them."""
    means = [term.sign * _mean(evidence, term) for term in terms]
    if len({mean.shape[1] for mean in means} - {1}) > 1:
        raise NotMeasured("it would take the same seeds for all systems")
    return np.round(sum(means), 10)  # sums that ought to be equal may differ in their last bits


def _mean(evidence: Evidence, term: Term) -> np.ndarray:
    """The metric × 100 of each query with each seed, averaged over pairs."""
    by_pair = evidence.measured[term.system]
    return 100 * np.mean([by_pair[pair].to_numpy() for pair in sorted(term.pairs)], axis=0)


def _overlap(evidence: Evidence, terms: Sequence[Term]) -> np.ndarray:
    """Of correlations, averaged over the pairs on which they exist; only the queries that have all terms."""
    means = {}
    for number, term in enumerate(terms):
        rows = evidence.overlap[evidence.overlap["system"] == term.system]
        rows = rows[rows["pair"].isin(term.pairs)]
        means[number] = term.sign * rows.groupby("query_id")["correlation"].mean()
    table = pd.DataFrame(means).dropna()
    if len(table) < 2:
        raise NotMeasured("it would take queries whose candidates differ in their token overlap")
    return without_noise(table.to_numpy().sum(axis=1))[:, None]
