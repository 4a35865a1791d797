"""Claims that are not about effectiveness: what a system costs, and what its training data look like."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from switchrank.claims.verdicts import CONTRADICTED, SUPPORTED, Verdict
from switchrank.statistics.numbers import number


class NotMeasured(Exception):
    """What it would take to test a claim."""


def cheaper(
    costs: Mapping[str, Mapping[str, float]], system: str, than: str, pairs: int | None = None
) -> Verdict:
    """Whether a system costs less than another, as Snakemake measured its jobs: figures without a test.

    Compared is all the time that it takes to serve some pairs: lexicons, training data and their encoding,
    the models of one seed, and, of Translate Test, translating queries and passages into the source language.
    `system` has one model for all pairs. If the other has one for each of `pairs`, those that it was not
    measured on are taken to cost as much in data and training as those that it was.

    Args:
        costs: system → pairs, models, megabytes and seconds of each part; see analyses.costs.

    Raises:
        NotMeasured: there are no times of one of them.
    """
    parts = ("lexicons", "data", "training", "translation")
    for name in (system, than):
        if name not in costs or not all(math.isfinite(costs[name][part]) for part in parts):
            raise NotMeasured(f"it would take the times of {name}")
    cost = costs[than]
    more = (pairs or cost["pairs"]) / cost["pairs"]
    ours = sum(costs[system][part] for part in parts)
    theirs = cost["lexicons"] + cost["translation"] + more * (cost["data"] + cost["training"])
    mine = _sum(system, ours, costs[system]["megabytes"], costs[system]["models"])
    other = _sum(than, theirs, more * cost["megabytes"], more * cost["models"])
    measured = f", from {number(cost['pairs'], 0)} that were measured" if more != 1 else ""
    text = f"for {number(more * cost['pairs'], 0)} pairs: {mine}; {other}{measured}"
    verdict = SUPPORTED if ours < theirs else CONTRADICTED
    return Verdict(verdict, text, {"estimate": ours, "other": theirs})


def mixes(training: Mapping[str, Mapping[str, Any]], system: str, tolerance: float) -> Verdict:
    """Whether a system's training texts borrow words as code-switching says.

    That is: as many words are drawn as the nominal ratio says, into all languages alike (both give or take
    the tolerance, relative to it), and some of them, those that the lexicons have, are replaced.

    Args:
        training: system → figures of its training data; see training.tally.

    Raises:
        NotMeasured: there is no such training data.
    """
    if system not in training:
        raise NotMeasured(f"it would take the training data of {system}")
    nominal, sides = training[system]["nominal_ratio"], training[system]["sides"].values()
    words, drawn, switched = (sum(side[key] for side in sides) for key in ("words", "drawn", "switched"))
    by_language: dict[str, Counter[str]] = {}
    for side in sides:
        for language, counts in side["languages"].items():
            by_language.setdefault(language, Counter()).update(counts)
    ratio, realised = drawn / max(1, words), switched / max(1, words)
    shares = [counts["drawn"] / max(1, drawn) for counts in by_language.values()]
    expected = [(ratio, nominal), *((share, 1 / len(shares)) for share in shares)]
    right = switched > 0 and all(abs(share - wanted) <= tolerance * wanted for share, wanted in expected)
    mix = ", ".join(
        f"{language} {number(100 * counts['switched'] / max(1, switched))} %"
        for language, counts in sorted(by_language.items())
    )
    text = (
        f"of {words:,} words {number(100 * ratio)} % drawn (nominal {number(100 * nominal, 0)} %), "
        f"{number(100 * min(shares, default=0))} to {number(100 * max(shares, default=0))} % of them for "
        f"each language; {number(100 * realised)} % replaced: {mix}"
    )
    return Verdict(SUPPORTED if right else CONTRADICTED, text, {"estimate": realised})


def _sum(system: str, seconds: float, megabytes: float, models: float) -> str:
    size = f"{number(megabytes)} MB ({number(models, 0)} model{'' if models == 1 else 's'})"
    return f"{system} {number(seconds, 0)} s and {size}"
