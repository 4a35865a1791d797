"""The paper's claims, judged on this project's own measures."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import mean as exact_mean  # of equal numbers it is that number
from typing import Any

import numpy as np
import pandas as pd

from switchrank.claims.evidence import NotMeasured, cheaper, mixes
from switchrank.claims.statements import Claim, ClaimTest, Term
from switchrank.claims.verdicts import NOT_TESTABLE, Verdict, above, combined, each_above, ratio_above, within
from switchrank.statistics.significance import ALPHA, without_noise


@dataclass(frozen=True)
class Evidence:
    """What claims are judged on.

    `measured` has the metric by query_id (sorted), 0 to 1, averaged over seeds; for `overlap`, `costs` and
    `training` see analyses.overlap, analyses.costs and training.tally.
    """

    measured: Mapping[str, Mapping[str, pd.Series]]  # by system and pair
    groups: Mapping[str, Sequence[str]]  # group → its pairs
    impossible: Mapping[str, Collection[str]]  # system → pairs on which there can be no cell
    ceilings: Mapping[str, float]  # pair → share of queries with a relevant passage among the candidates
    overlap: pd.DataFrame  # columns system, pair, query_id, correlation
    costs: Mapping[str, Mapping[str, float]]  # by system
    training: Mapping[str, Mapping[str, Any]]  # by system

    def possible(self, names: Sequence[str], systems: Collection[str]) -> list[str]:
        """The pairs of these groups, or these pairs, on which each of the systems can have a cell."""
        lost = {pair for system in systems for pair in self.impossible.get(system, ())}
        return [pair for name in names for pair in self.groups.get(name, [name]) if pair not in lost]


def judge(
    claims: Sequence[Claim], evidence: Evidence, variants: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """Judge every claim.

    `variants` (name → system → the system that stands for it) are other systems to judge a claim with again,
    where any of its tests has one for all of its systems; the other tests are then not testable.

    Returns:
        for each claim: id, statement, verdict, published (text, or None), tests (what, kind, verdict,
        text, because, figures), variants (name → verdict and tests).
    """
    judged = []
    for claim in claims:
        result = {"id": claim.id, "statement": claim.statement}
        verdict, tests = _judged(claim, evidence)
        result |= {"verdict": verdict, "published": claim.published, "tests": tests, "variants": {}}
        for name, substitutes in variants.items():
            if any(test.terms and not _lacking(test, substitutes) for test in claim.tests):
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


def _judged(
    claim: Claim, evidence: Evidence, substitutes: Mapping[str, str] | None = None
) -> tuple[str, list[dict[str, Any]]]:
    against = ALPHA / len(claim.tests)  # Bonferroni's for the claim, which one test can contradict
    tests = []
    for test in claim.tests:
        try:
            verdict = _verdict(test if substitutes is None else _of(test, substitutes), evidence, against)
        except NotMeasured as error:
            verdict = Verdict(NOT_TESTABLE, str(error))
        head = {"what": test.what, "kind": test.kind, "verdict": verdict.verdict, "text": verdict.text}
        tests.append(head | {"because": test.because, "figures": dict(verdict.figures)})
    return combined([test["verdict"] for test in tests]), tests


def _lacking(test: ClaimTest, substitutes: Mapping[str, str]) -> list[str]:
    return sorted({term.system for term in test.terms} - substitutes.keys())


def _of(test: ClaimTest, substitutes: Mapping[str, str]) -> ClaimTest:
    """The same test of other systems."""
    if not test.terms or (lacking := _lacking(test, substitutes)):
        what = ", ".join(lacking) if test.terms else "times and training data"
        raise NotMeasured(f"it would take {what} with this ranker")
    return replace(test, terms=[replace(term, system=substitutes[term.system]) for term in test.terms])


def _verdict(test: ClaimTest, evidence: Evidence, against: float) -> Verdict:
    if test.kind == "cost":  # for the other system's own pairs, or for all of some that it can have
        system, than = test.asked["system"], test.asked["than"]
        pairs = evidence.possible(test.asked.get("pairs", ()), [than])
        return cheaper(evidence.costs, system, than, len(pairs) or None)
    if test.kind == "mix":
        return mixes(evidence.training, **test.asked)
    has: Mapping[str, Collection[str]] = evidence.measured
    if test.kind == "overlap_above":
        has = evidence.overlap.groupby("system")["pair"].agg(set).to_dict()
    if missing := sorted({term.system for term in test.terms} - has.keys()):
        raise NotMeasured(f"it would take the system {', '.join(missing)}, which the config does not have")
    terms, shares, few = [], [], {}
    for term in test.terms:
        # The same pairs for all systems that are measured on the same groups.
        alike = {other.system for other in test.terms if other.pairs == term.pairs}
        possible = evidence.possible(term.pairs, alike)
        pairs = [pair for pair in possible if all(pair in has[system] for system in alike)]
        if not pairs:
            raise NotMeasured(f"it would take {', '.join(sorted(alike))} on {', '.join(term.pairs)}")
        if len(pairs) < len(possible):
            few[f"on {', '.join(pairs)} of {len(possible)} pairs"] = True
        terms.append(replace(term, pairs=pairs))
        shares.append((len(pairs), len(possible)))
    measured, possible = min(shares, key=lambda share: share[0] / share[1])
    verdict = _compared(replace(test, terms=terms), evidence, against, possible)
    figures = {**verdict.figures, "pairs": measured, "of": possible}
    return Verdict(verdict.verdict, "; ".join([verdict.text, *few]), figures)


def _compared(test: ClaimTest, evidence: Evidence, against: float, possible: int) -> Verdict:
    """The verdict on a test whose terms name the pairs that they are judged on, of so many possible ones."""
    if test.kind == "overlap_above":
        difference = _overlap(evidence, test.terms)
        return above(difference, test.asked, test.effect, "of Spearman's correlation", against)
    first, *others = (
        evidence.measured[term.system][pair].index for term in test.terms for pair in term.pairs
    )
    if not all(index.equals(first) for index in others):
        raise NotMeasured("it would take the same queries on all pairs")
    if test.kind == "ratio_above":
        ours, theirs = (
            np.sum([_mean(evidence, term) for term in test.terms if term.sign == sign], axis=0)
            for sign in (1, -1)
        )
        ceiling = 100 * exact_mean(evidence.ceilings[pair] for term in test.terms for pair in term.pairs)
        return ratio_above(ours, theirs, test.asked, test.effect, ceiling, against)
    difference = _difference(evidence, test.terms)
    if test.kind == "within":
        return within(difference, *test.asked, against=against)
    if test.kind == "above":
        return above(difference, test.asked, test.effect, against=against)
    by_pair = {
        pair: _difference(evidence, [replace(term, pairs=[pair]) for term in test.terms])
        for pair in test.terms[0].pairs
    }
    return each_above(difference, by_pair, test.asked, test.effect, possible, against)


def _mean(evidence: Evidence, term: Term) -> np.ndarray:
    """The metric × 100 of each query, averaged over pairs."""
    by_pair = evidence.measured[term.system]
    return 100 * np.mean([by_pair[pair].to_numpy() for pair in sorted(term.pairs)], axis=0)


def _difference(evidence: Evidence, terms: Sequence[Term]) -> np.ndarray:
    """Points of each query; rounded, as sums that ought to be equal may differ in their last bits."""
    return np.round(np.sum([term.sign * _mean(evidence, term) for term in terms], axis=0), 10)


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
    return without_noise(table.to_numpy().sum(axis=1))
