"""Claims that are not about effectiveness: what a system costs, and what its training data look like."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from switchrank.analyses.costs import TIMES
from switchrank.claims.verdicts import CONTRADICTED, SUPPORTED, UNDECIDED, Verdict
from switchrank.statistics.numbers import brief, number
from switchrank.statistics.significance import ALPHA


class NotMeasured(Exception):
    """What it would take to test a claim."""


def cheaper(costs: Mapping[str, Mapping[str, float]], system: str, than: str, beside: str) -> Verdict:
    """Whether a system costs less than another, as Snakemake measured its jobs.

    Compared is all the time that it takes to serve the same pairs: lexicons, training data and their
    encoding, the models of one seed, ranking and, of Translate Test, translating queries and passages into
    the source language. Seeds tell how far times spread: what differs by less than two standard deviations is
    undecided, and so is what was measured once. Where a system has a model for each pair, pairs that it was
    not measured on are taken to cost as much as those that it was.

    Args:
        costs: system → pairs (measured), of (that it could have), by_pair (whether it has a model for each),
            models, megabytes, the seconds of each part, and spread (seconds; NaN of one seed); see
            analyses.costs.
        beside: a system whose cost is told beside theirs.

    Raises:
        NotMeasured: there are no times of one of them.
    """
    for name in (system, than):
        if name not in costs or not all(math.isfinite(costs[name][part]) for part in TIMES):
            raise NotMeasured(f"it would take the times of {name}")
    totals = {name: _total(costs[name]) for name in (system, than)}
    difference = totals[than] - totals[system]
    spreads = [_more(costs[name]) * costs[name]["spread"] for name in (system, than)]
    spread = math.hypot(*(value for value in spreads if math.isfinite(value)))
    known = all(map(math.isfinite, spreads))
    verdict = SUPPORTED if difference > 0 else CONTRADICTED
    if not known or abs(difference) <= 2 * spread:
        verdict = UNDECIDED
    told = [name for name in (system, than, beside) if name in costs]
    text = f"for {number(costs[than]['of'], 0)} pairs: {'; '.join(_told(name, costs[name]) for name in told)}"
    figures = {"estimate": totals[system], "other": totals[than], "spread": spread}
    figures |= {"pairs": costs[than]["pairs"], "of": costs[than]["of"]}
    return Verdict(verdict, text, figures)


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


def borrows(
    training: Mapping[str, Mapping[str, Any]],
    precisions: Mapping[str, Mapping[str, tuple[int, int]]],
    system: str,
    control: str,
    share: float,
) -> Verdict:
    """Whether the words that training texts borrow are words of the other language, and mean the same.

    First, at least a share of the replaced words (but for those spelt as before) are more frequent in the
    language that they were drawn for than in that of the texts, and fewer are so in another language: words
    of any language would not do.
    Second, more of the lexicon's first translations are right, by a dictionary that it was not made from,
    than of the control's, whose translations are dealt out at random (Fisher's exact test, one-sided).

    Args:
        training: system → figures of its training data; see training.tally.
        precisions: system → language → right translations, and all that the dictionary has.

    Raises:
        NotMeasured: there is no such training data, no dictionary, or no word that was put in.
    """
    from scipy import stats

    for name in (system, control):
        if name not in training or not precisions.get(name):
            raise NotMeasured(f"it would take the training data and the dictionary of {name}")
    sides = training[system]["sides"].values()
    kinds = ("switched", "spelt_alike", "of_its_language", "of_another_language")
    switched, alike, known, elsewhere = (sum(side[kind] for side in sides) for kind in kinds)
    words = switched - alike
    if not words or not known:
        raise NotMeasured(f"it would take words that {system} replaces, of languages with a word list")
    right, asked = (sum(pair[place] for pair in precisions[system].values()) for place in (0, 1))
    chance, of_control = (sum(pair[place] for pair in precisions[control].values()) for place in (0, 1))
    table = [[right, asked - right], [chance, of_control - chance]]
    p = float(stats.fisher_exact(table, alternative="greater").pvalue)
    of_language = known / words >= share > elsewhere / words
    verdict = CONTRADICTED if not of_language else SUPPORTED if p < ALPHA else UNDECIDED
    text = (
        f"of {words:,} replaced words {number(100 * known / words)} % are of their language, "
        f"{number(100 * elsewhere / words)} % of another one; {right} of {asked} "
        f"translations are right, {chance} of {of_control} of {control}'s (p = {brief(p, 3)})"
    )
    return Verdict(verdict, text, {"estimate": known / words, "p": p})


def precisions(lexicons: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    """Language → right first translations, and words of the dictionary that a lexicon has.

    `lexicons` are figures of lexicons by target language, see lexicons.making.quality; those that could not
    be measured are left out.
    """
    measured = {language: stats for language, stats in lexicons.items() if stats.get("n")}
    return {
        language: (round(stats["precision_at_1"] * stats["n"]), stats["n"])
        for language, stats in measured.items()
    }


def _more(cost: Mapping[str, float]) -> float:
    """How often a system takes what was measured, to serve all pairs: only with a model for each does it."""
    return cost["of"] / cost["pairs"] if cost["by_pair"] else 1.0


def _total(cost: Mapping[str, float]) -> float:
    by_pair = cost["data"] + cost["training"] + cost["ranking"]
    return cost["lexicons"] + cost["translation"] + _more(cost) * by_pair


def _told(system: str, cost: Mapping[str, float]) -> str:
    seconds = number(_total(cost), 0)
    spread = f" ± {number(_more(cost) * cost['spread'], 0)}" if math.isfinite(cost["spread"]) else ""
    models = _more(cost) * cost["models"]
    many = f"{number(models, 0)} model{'' if models == 1 else 's'}"
    measured = f", from {number(cost['pairs'], 0)} pairs that were measured" if _more(cost) != 1 else ""
    return f"{system} {seconds}{spread} s and {number(_more(cost) * cost['megabytes'])} MB ({many}){measured}"
