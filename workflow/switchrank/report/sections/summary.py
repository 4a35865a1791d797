"""The sentences on top of the page, made from the numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean

from switchrank.claims.verdicts import VERDICTS
from switchrank.experiment.endings import with_ending
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs
from switchrank.report.sections.transfer import transfer
from switchrank.statistics.numbers import number

# What the paper sets against its treatment, and the control.
ALTERNATIVES = ("bl-cs", "wiki-cs", "zero-shot-tt", "ml-cs-tt", "fine-tune", "ml-cs-shuffled")
_PHRASES = {"above": "above", "below": "below", "level": "not measurably different from"}
_MAIN = "clir"


def summary(inputs: Inputs) -> list[dict[str, str]]:
    """Text and verdict ("above", "below" or "level") of sentences on the treatment, alternatives, and claims.

    The first one says how far the reference falls across languages, and what the treatment gives back. Where
    there is no treatment, the first is about the best averages.
    """
    about = [_effect(inputs), _alternatives(inputs)] if inputs.treatment else [_best(inputs)]
    claims = _claims(inputs) if inputs.claims else None
    return [sentence for sentence in (transfer(inputs), *about, claims) if sentence]


def shown_first(inputs: Inputs) -> list[str]:
    """The systems that the summary is about, those with other rankers last."""
    about = {inputs.reference, inputs.treatment, *_alternatives_of(inputs)}
    others = {name for again in inputs.config["other_rankers"] for name in again.values()}
    named = [system for system in inputs.cells if system in about | others]
    return sorted(named, key=lambda system: system not in about)


def _effect(inputs: Inputs) -> dict[str, str]:
    """The treatment on every group; with other rankers on one."""
    if not inputs.reference:
        return _best(inputs)
    group, parts = _main_group(inputs), []
    verdict, said = _against(inputs, inputs.treatment, inputs.reference)
    compared = {
        again["treatment"]: inputs.difference(again["treatment"], again["reference"], group)
        for again in inputs.config["other_rankers"]
    }
    for phrase, named in _by_verdict(compared):
        parts.append(f"{phrase} {'it' if parts else 'their reference'}: {named}")
    if parts:
        said += f"; with other rankers, on the {inputs.groups[group]} average, {'; '.join(parts)}"
    text = (
        f"Code-switched training: {said} (points of {inputs.metric} × 100, 95\u00a0% intervals; "
        "detectable: with a power of 80\u00a0%)."
    )
    return {"verdict": verdict, "text": text}


def _main_group(inputs: Inputs) -> str:
    return _MAIN if _MAIN in inputs.groups else next(iter(inputs.groups))


def _against(inputs: Inputs, system: str, reference: str) -> tuple[str, str]:
    compared = {name: inputs.difference(system, reference, group) for group, name in inputs.groups.items()}
    parts = []
    for phrase, named in _by_verdict(compared):
        parts.append(f"{phrase} {'it' if parts else reference} in {named}")
    if not parts:
        return "level", f"{system} is not compared with {reference}"
    return _overall(compared.values()), f"{system} is {_listing(parts)}"


def _alternatives(inputs: Inputs) -> dict[str, str]:
    group = _main_group(inputs)
    names = [name for name in _alternatives_of(inputs) if name in inputs.cells]
    compared = {name: inputs.difference(inputs.treatment, name, group) for name in names}
    parts = [f"{phrase} {named}" for phrase, named in _by_verdict(compared)]
    partly = [text for name in names if not compared[name] and (text := _on_some_pairs(inputs, name, group))]
    if partly:
        parts.append(f"compared on some pairs only with {_listing(partly)}")
    if not parts:
        return {"verdict": "level", "text": f"{inputs.treatment} is not compared with any alternative."}
    text = f"On the {inputs.groups[group]} average, {inputs.treatment} is {'; '.join(parts)}."
    return {"verdict": _overall(compared.values()), "text": text}


def _alternatives_of(inputs: Inputs) -> list[str]:
    """What the treatment is set against, with the headline's ending if it has one."""
    return [with_ending(name, inputs.config["headline"]) for name in ALTERNATIVES]


def _on_some_pairs(inputs: Inputs, system: str, group: str) -> str:
    """The mean over the pairs that a system has; their intervals are not pooled, but counted."""
    pairs = [pair for pair in inputs.tables[group].pairs if pair in inputs.cells[system]]
    compared = [e for pair in pairs if (e := inputs.difference(inputs.treatment, system, pair))]
    if not compared:
        return ""
    mean = f"{number(fmean(e.middle for e in compared), sign=True)} over {_plural(len(compared), 'pair')}"
    verdicts = Counter(estimate.verdict for estimate in compared)
    return f"{system} ({mean}, above on {verdicts['above']}, below on {verdicts['below']})"


def _best(inputs: Inputs) -> dict[str, str]:
    """The best average of each group that has any."""
    parts = []
    for group, name in inputs.groups.items():
        means = {system: cells[group]["mean"] for system, cells in inputs.cells.items() if group in cells}
        if means:
            best = max(means, key=means.get)
            parts.append(f"{best} in {name} ({number(100 * means[best])})")
    named = _listing(parts) or "none, for no system has all pairs of a group"
    return {"verdict": "level", "text": f"Best averages of {inputs.metric} × 100: {named}."}


def _claims(inputs: Inputs) -> dict[str, str]:
    claims, headline, as_named = (
        inputs.claims["claims"], inputs.config["headline"], inputs.config["as_named"]
    )  # fmt: skip
    verdicts = _counted(claim["verdict"] for claim in claims)
    where = "judged on this collection alone"
    if headline is not None:
        where += f" and with the systems in -{headline}"
        verdicts += (
            f"; with {as_named}: {_counted(claim['variants'][as_named]['verdict'] for claim in claims)}"
        )
    return {
        "verdict": "level",
        "text": f"Of the paper's {_plural(len(claims), 'claim')}, {where}: {verdicts}.",
    }


def _counted(verdicts: Iterable[str]) -> str:
    counts = Counter(verdicts)
    return _listing([f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]])


def _by_verdict(compared: Mapping[str, Estimate | None]) -> Iterator[tuple[str, str]]:
    """The phrase of each verdict that occurs, and what it is said of, with figures."""
    known = {name: estimate for name, estimate in compared.items() if estimate}
    for verdict, phrase in _PHRASES.items():
        named = [
            f"{n} ({number(e.middle, sign=True)}, {e.span()}; detectable {number(e.detectable)})"
            for n, e in known.items()
            if e.verdict == verdict
        ]
        if named:
            yield phrase, _listing(named)


def _overall(estimates: Iterable[Estimate | None]) -> str:
    verdicts = {estimate.verdict for estimate in estimates if estimate} - {"level"}
    return verdicts.pop() if len(verdicts) == 1 else "level"


def _listing(items: Sequence[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _plural(number: int, thing: str) -> str:
    """Such as "1 pair", "2 pairs"."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
