"""The paper's claims and the verdicts on them."""

from collections.abc import Mapping
from typing import Any

from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs

TITLE, NAV = "The paper's claims", "Claims"
_USUAL = 0.95  # confidence of the page's intervals
_STYLES = ("supported", "contradicted", "undecided")


def section(inputs: Inputs) -> dict[str, Any] | None:
    """Each claim with its verdict, the verdicts for other rankers, the paper's figures, and its tests."""
    return {"claims": [_claim(claim) for claim in inputs.claims]} if inputs.claims else None


def _claim(claim: Mapping[str, Any]) -> dict[str, Any]:
    variants = [{"name": name, **_judged(variant)} for name, variant in claim["variants"].items()]
    return {**_judged(claim), "published": claim["published"] or "not known", "variants": variants}


def _judged(claim: Mapping[str, Any]) -> dict[str, Any]:
    """A claim, or the same for another ranker, with its tests made ready."""
    tests = [{**_badge(test), "figures": _figures(test["figures"])} for test in claim["tests"]]
    return {**_badge(claim), "tests": tests}


def _badge(judged: Mapping[str, Any]) -> dict[str, Any]:
    return {**judged, "style": judged["verdict"] if judged["verdict"] in _STYLES else "untestable"}


def _figures(figures: Mapping[str, float]) -> str:
    """The estimate with its interval, the power, on how many pairs; nothing of a test without interval."""
    if "low" not in figures:
        return ""
    parts = [Estimate(figures["estimate"], figures["low"], figures["high"]).text(2)]
    if figures["confidence"] != _USUAL:
        parts[0] += f", {100 * figures['confidence']:.0f}\u00a0%"
    parts.append(f"power {figures['power']:.2f}" if figures["power"] < 0.995 else "power > 0.99")
    if figures.get("pairs") != figures.get("of"):
        parts.append(f"{figures['pairs']} of {figures['of']} pairs")
    return "; ".join(parts)
