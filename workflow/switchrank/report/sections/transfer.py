"""The page's first sentence: what the reference loses across languages, and what is given back of it."""

from switchrank.languages import language_name
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs
from switchrank.statistics.numbers import number

_WITHIN, _ACROSS = "moir", "clir"


def transfer(inputs: Inputs) -> dict[str, str] | None:
    """Text and verdict (of the treatment, across languages: "above", "below" or "level").

    The fall is from the source language on both sides to the average of the pairs of two languages. None
    where the reference was not measured on both, or the treatment was not compared with it there.
    """
    source, cells = inputs.config["source_language"], inputs.cells.get(inputs.reference, {})
    alone, gain = f"{source}-{source}", inputs.difference(inputs.treatment, inputs.reference, _ACROSS)
    if gain is None or not {alone, _ACROSS} <= cells.keys():
        return None
    name, across = language_name(source), inputs.groups[_ACROSS]
    places = {
        alone: f"in {name}",
        _WITHIN: f"on average within languages ({inputs.groups.get(_WITHIN)})",
        _ACROSS: f"across languages ({across})",
    }
    means = {place: 100 * cells[place]["mean"] for place in places if place in cells}
    *before, last = (f"{number(mean)} {places[place]}" for place, mean in means.items())
    changed = _changed(inputs, means[alone] - means[_ACROSS], gain)
    text = (
        f"{inputs.reference} reaches {', '.join(before)} and {last}; from {name} to {across} it {changed} "
        f"({inputs.metric} × 100, 95\u00a0% intervals)."
    )
    return {"verdict": gain.verdict, "text": text}


def _changed(inputs: Inputs, fall: float, gain: Estimate) -> str:
    """How the reference falls or rises, and what the treatment makes of it; `fall` has no interval yet."""
    found = inputs.fall or {}
    verdict, points = "above" if fall > 0 else "below", number(abs(fall))
    if found.get("interval"):
        measured = Estimate.of(found["difference"], found["interval"])
        verdict, points = measured.verdict, _amount(measured)
    if verdict == "above":
        return f"falls by {points} points, {_given_back(inputs, gain)}"
    how = "rises by" if verdict == "below" else "loses nothing measurable:"
    return f"{how} {points} points, and {inputs.treatment} differs from it there by {gain.text()}"


def _given_back(inputs: Inputs, gain: Estimate) -> str:
    """What the treatment gains across languages, in points and as a share of the fall."""
    way = {"above": "of which {} gives back {}", "below": "and {} loses another {}"}
    way["level"] = "of which {} gives back nothing measurable: {}"
    said = way[gain.verdict].format(inputs.treatment, _amount(gain))
    found = inputs.fall or {}
    if not found.get("share_interval"):
        return said
    share = Estimate.of(found["share"], found["share_interval"], -100 if gain.verdict == "below" else 100)
    low, high = (f"{number(end, 0)}\u00a0%" for end in (share.low, share.high))
    return f"{said}, {number(share.middle, 0)}\u00a0% of the fall ({low} to {high})"


def _amount(estimate: Estimate) -> str:
    """With its interval: how much it is above or below 0, with signs only where it may be either."""
    if estimate.verdict == "below":
        estimate = Estimate.of(estimate.middle, (estimate.low, estimate.high), -1)
    return estimate.text(sign=estimate.verdict == "level")
