"""Claims that are not about effectiveness: what a system costs, and what its training data look like."""

from collections.abc import Mapping
from typing import Any

from switchrank.verdicts import CONTRADICTED, SUPPORTED, Verdict


class NotMeasured(Exception):
    """What it would take to test a claim."""


def cheaper(costs: Mapping[str, Mapping[str, float]], system: str, than: str) -> Verdict:
    """Whether a system costs less than another, as Snakemake measured its jobs: figures without a test.

    Where the other works at query time (Translate Test), that is what is compared; else the time until
    the models are ready (lexicons, training data, encoding, training), for each pair that they serve.

    Args:
        costs: system → pairs (how many it was measured on), models (how many it has, for one seed), lexicons,
            data (making and encoding training data), training (all models of one seed): seconds, mean over
            seeds; megabytes (of all models of a seed); texts (seconds of translating and encoding them at
            query time).
    """
    for name in (system, than):
        if name not in costs:
            raise NotMeasured(f"it would take the times of {name}")
    ours, theirs = costs[system], costs[than]
    if theirs.get("texts", 0) > 0:
        text = f"{system} 0 s, {than} {theirs['texts']:.0f} s for the queries and passages of all languages"
        return Verdict(SUPPORTED if not ours.get("texts", 0) else CONTRADICTED, text)
    each = [
        sum(own[key] for key in ("lexicons", "data", "training")) / own["pairs"] for own in (ours, theirs)
    ]
    text = "; ".join(_told(*one) for one in zip((system, than), (ours, theirs), each, strict=True))
    verdict = SUPPORTED if each[0] < each[1] else CONTRADICTED
    return Verdict(verdict, text, {"estimate": each[0], "other": each[1]})


def mixes(training: Mapping[str, Mapping[str, Any]], system: str, tolerance: float) -> Verdict:
    """Whether a system's training texts borrow words as code-switching says.

    That is: some words, not more than the nominal ratio, and of all languages alike.

    Args:
        training: system → figures of its training data; see tally.
        system: its name.
        tolerance: how far a language's share of the words replaced may be from an equal one, relative to it.
    """
    if system not in training:
        raise NotMeasured(f"it would take the training data of {system}")
    stats = training[system]
    nominal, sides = stats["nominal_ratio"], stats["sides"].values()
    words, switched = (sum(side[key] for side in sides) for key in ("words", "switched"))
    by_language: dict[str, int] = {}
    for side in sides:
        for language, counts in side["languages"].items():
            by_language[language] = by_language.get(language, 0) + counts["switched"]
    shares = {language: count / max(1, switched) for language, count in by_language.items()}
    equal = 1 / max(1, len(shares))
    realised = switched / max(1, words)
    # Drawn words are a sample: by chance they may be a little more than p of all.
    right = 0 < realised <= nominal * (1 + tolerance) and all(
        abs(share - equal) <= tolerance * equal for share in shares.values()
    )
    mix = ", ".join(f"{language} {100 * share:.1f} %" for language, share in sorted(shares.items()))
    text = f"{100 * realised:.1f} % of {words:,} words replaced (nominal {100 * nominal:.0f} %): {mix}"
    return Verdict(SUPPORTED if right else CONTRADICTED, text, {"estimate": realised})


def _told(system: str, cost: Mapping[str, float], each: float) -> str:
    models = f"{cost['models']:.0f} model{'s' if cost['models'] > 1 else ''}"
    whole = f"{system} {each * cost['pairs']:.0f} s and {cost['megabytes']:.1f} MB ({models})"
    return f"{whole} for {cost['pairs']:.0f} pairs, {each:.1f} s each"
