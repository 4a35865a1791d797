"""The paper's claims and the verdicts on them, for the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from switchrank.report.plots.base import Estimate

_USUAL = 0.95  # confidence of the page's intervals
_STYLES = ("supported", "contradicted", "undecided")


def claims(judged: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each claim with its verdict, the verdicts for other rankers, the paper's figures, and its tests.

    Args:
        judged: id, statement, verdict, published (a text or None), tests (what, verdict, text, because,
            figures) and variants (name → verdict, tests).
    """
    return [
        {
            "id": claim["id"],
            "statement": claim["statement"],
            **_badge(claim["verdict"]),
            "published": claim["published"] or "not known",
            "tests": [_test(test) for test in claim["tests"]],
            "variants": [
                {"name": name, **_badge(found["verdict"]), "tests": [_test(test) for test in found["tests"]]}
                for name, found in claim["variants"].items()
            ],
        }
        for claim in judged
    ]


def _badge(verdict: str) -> dict[str, str]:
    return {"verdict": verdict, "style": verdict if verdict in _STYLES else "untestable"}


def _test(test: Mapping[str, Any]) -> dict[str, str]:
    told = {"what": test["what"], **_badge(test["verdict"]), "text": test["text"], "because": test["because"]}
    return {**told, "figures": _figures(test["figures"])}


def _figures(found: Mapping[str, float]) -> str:
    """The estimate with its interval, the power, on how many pairs; nothing of a test without interval."""
    if "low" not in found:
        return ""
    parts = [Estimate(found["estimate"], found["low"], found["high"]).text(2)]
    if found["confidence"] != _USUAL:
        parts[0] += f", {100 * found['confidence']:.0f}\u00a0%"
    parts.append(f"power {found['power']:.2f}" if found["power"] < 0.995 else "power > 0.99")
    parts += [f"{found['pairs']} of {found['of']} pairs"] if found.get("pairs") != found.get("of") else []
    return "; ".join(parts)
