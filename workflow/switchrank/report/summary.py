"""The three sentences on top of the page, made from the numbers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from switchrank.report.inputs import REFERENCE, TREATMENT, Inputs, is_pair
from switchrank.report.plots.base import Estimate, number
from switchrank.report.text import GROUPS, listing, plural, span

# What the paper sets against its treatment, and the control.
ALTERNATIVES = ("bl-cs", "wiki-cs", "zero-shot-tt", "ml-cs-tt", "fine-tune", "ml-cs-shuffled")
_PHRASES = {"above": "above", "below": "below", "level": "not measurably different from"}
_MAIN = "clir"


def summary(inputs: Inputs) -> list[dict[str, str]]:
    """The treatment against the reference, the treatment against its alternatives, and the claims.

    Returns:
        text and verdict ("above", "below" or "level") of each of the three sentences.
    """
    return [_effect(inputs), _alternatives(inputs), _claims(inputs.optional.get("claims"))]


def switched_with_own_reference(systems: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Systems trained on switched text whose reference is not that of the treatment: other rankers."""
    switched = {name: entry for name, entry in systems.items() if entry.get("training", {}).get("lexicon")}
    first = {name: entry["versus"][0] for name, entry in switched.items() if entry.get("versus")}
    return [(name, reference) for name, reference in first.items() if reference not in (REFERENCE, TREATMENT)]


def _effect(inputs: Inputs) -> dict[str, str]:
    verdict, text = _against(inputs, TREATMENT, REFERENCE)
    variants = [
        _against(inputs, system, reference)[1]
        for system, reference in switched_with_own_reference(inputs.config["systems"])
    ]
    told = "; ".join([text, *variants])
    return {
        "verdict": verdict,
        "text": f"Code-switched training: {told} (points of MRR@10 × 100, 95\u00a0% intervals).",
    }


def _against(inputs: Inputs, system: str, reference: str) -> tuple[str, str]:
    found = [
        (GROUPS.get(group, group), inputs.difference(system, reference, group)) for group in inputs.groups
    ]
    compared = [(name, estimate) for name, estimate in found if estimate]
    if not compared:
        return "level", f"{system} is not compared with {reference}"
    parts = []
    for verdict, phrase in _PHRASES.items():
        if named := [_told(name, estimate) for name, estimate in compared if estimate.verdict == verdict]:
            parts.append(f"{phrase} {'it' if parts else reference} in {listing(named)}")
    return _overall([estimate for _, estimate in compared]), f"{system} is {listing(parts)}"


def _alternatives(inputs: Inputs) -> dict[str, str]:
    group = _MAIN if _MAIN in inputs.groups else inputs.groups[0]
    named = [name for name in ALTERNATIVES if name in inputs.cells and TREATMENT in inputs.cells]
    whole = {name: inputs.difference(TREATMENT, name, group) for name in named}
    parts = []
    for verdict, phrase in _PHRASES.items():
        if told := [_told(name, e) for name, e in whole.items() if e and e.verdict == verdict]:
            parts.append(f"{phrase} {listing(told)}")
    partly = [text for name in named if not whole[name] and (text := _on_some_pairs(inputs, name, group))]
    if partly:
        parts.append(f"compared on some pairs only with {listing(partly)}")
    verdict = _overall([estimate for estimate in whole.values() if estimate])
    if not parts:
        return {"verdict": "level", "text": f"{TREATMENT} is not compared with any alternative."}
    average = f"On the {GROUPS.get(group, group)} average, {TREATMENT} is "
    return {"verdict": verdict, "text": average + "; ".join(parts) + "."}


def _on_some_pairs(inputs: Inputs, system: str, group: str) -> str:
    """The mean over the pairs that a system has; their intervals are not pooled, but counted."""
    pairs = [pair for pair in inputs.config["pairs"][group] if pair in inputs.cells[system]]
    found = [e for pair in pairs if (e := inputs.difference(TREATMENT, system, pair))]
    if not found:
        return ""
    mean = number(fmean(estimate.middle for estimate in found))
    clear = [sum(e.verdict == verdict for e in found) for verdict in ("above", "below")]
    return f"{system} ({mean} over {plural(len(found), 'pair')}, above on {clear[0]}, below on {clear[1]})"


def _claims(claims: Sequence[Mapping[str, Any]] | None) -> dict[str, str]:
    if not claims:
        return {"verdict": "level", "text": "The paper's claims were not judged."}
    counts = Counter(claim["verdict"] for claim in claims)
    order = ("supported", "contradicted", "undecided", "not testable here")
    known = [*order, *(verdict for verdict in counts if verdict not in order)]
    told = listing([f"{counts[verdict]} {verdict}" for verdict in known if counts[verdict]])
    text = f"Of the paper's {plural(len(claims), 'claim')}, judged on this collection alone: {told}."
    return {"verdict": "level", "text": text}


def _told(name: str, estimate: Estimate) -> str:
    return f"{name} ({number(estimate.middle)}, {span(estimate)})"


def _overall(estimates: Sequence[Estimate]) -> str:
    verdicts = {estimate.verdict for estimate in estimates} - {"level"}
    return verdicts.pop() if len(verdicts) == 1 else "level"


def shown_first(inputs: Inputs) -> list[str]:
    """The systems that the summary is about."""
    variants = [name for pair in switched_with_own_reference(inputs.config["systems"]) for name in pair]
    named = [REFERENCE, TREATMENT, *ALTERNATIVES, *variants]
    return [
        system
        for system in inputs.cells
        if system in named and any(map(is_pair, inputs.cells[system].values()))
    ]
