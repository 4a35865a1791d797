"""The paper's claims: verdicts, the tests behind them, and what other margins would come to."""

from collections.abc import Mapping
from typing import Any

from switchrank.claims.judge import MARGINS
from switchrank.report.estimates import Entry, Estimate, table
from switchrank.report.inputs import Inputs
from switchrank.statistics.numbers import brief, number

_USUAL = 0.95  # confidence of the page's intervals


def claims(inputs: Inputs) -> dict[str, Any] | None:
    """Each claim with its verdict, the verdicts for other rankers, the paper's figures, and its tests.

    Also what each claim comes to at other margins, and the digest of the file that states them all.
    """
    if not inputs.claims:
        return None
    judged = inputs.claims["claims"]
    return {
        "claims": judged,
        "figures": _figures,
        "margins": _margins(judged),
        "digest": inputs.claims["digest"],
    }


def _margins(judged: list[Mapping[str, Any]]) -> dict[str, Any]:
    """A row for each claim whose verdict hangs on a margin, those that it states in bold."""
    margins = sorted({*MARGINS, *(at["margin"] for claim in judged for at in claim["margins"])})
    rows = []
    for claim in judged:
        if claim["margins"]:
            at = {found["margin"]: found for found in claim["margins"]}
            rows.append([f"{claim['id']}", *(_at_margin(at.get(margin)) for margin in margins)])
    return table(["claim", *(f"±{brief(margin)}" for margin in margins)], rows)


def _at_margin(found: Mapping[str, Any] | None) -> Entry:
    if found is None:
        return Entry()
    return Entry(found["verdict"], style="strong" if found["stated"] else "", tip="stated" * found["stated"])


def _figures(test: Mapping[str, Any]) -> str:
    """The estimate with its interval, the power, on how many pairs; nothing of a test without interval."""
    figures = test["figures"]
    if "low" not in figures:
        return ""
    parts = [
        Estimate(figures["estimate"], figures["low"], figures["high"]).text(
            2, sign=test["kind"] != "share_above"
        )
    ]
    if figures["confidence"] != _USUAL:
        parts[0] += f", {number(100 * figures['confidence'], 0)}\u00a0%"
    parts.append(f"power {number(figures['power'], 2)}" if figures["power"] < 0.995 else "power > 0.99")
    if figures.get("pairs") != figures.get("of"):
        parts.append(f"{figures['pairs']} of {figures['of']} pairs")
    return "; ".join(parts)
