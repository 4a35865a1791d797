"""Pieces of text and of tables that the page is made of."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from switchrank.report.plots.base import Estimate, number

GROUPS = {"moir": "MoIR", "clir": "CLIR", "mlir": "MLIR"}  # groups of other names are called by their name


class Entry(NamedTuple):
    """One cell of a table on the page.

    Attributes:
        text: what it shows.
        small: further lines, in small type.
        sort: what it is sorted by, if not by the text.
        style: its CSS classes.
        tip: its tooltip.
    """

    text: str = ""
    small: tuple[str, ...] = ()
    sort: float | None = None
    style: str = ""
    tip: str = ""


BLANK = Entry()
DASH = Entry("–", style="impossible", tip="cannot exist")


def table(columns: Sequence[str], rows: Sequence[Sequence[Entry]], **more: Any) -> dict[str, Any]:
    """A table for the page; the first entry of each row is its heading."""
    return {"columns": list(columns), "rows": [list(row) for row in rows], "foot": None, **more}


def figure(value: Any, decimals: int = 1, sign: bool = False) -> Entry:
    """A number; nothing where there is none."""
    if value is None or pd.isna(value):
        return BLANK
    return Entry(number(float(value), decimals, sign), sort=float(value))


def percent(value: Any, decimals: int = 1) -> Entry:
    """A share from 0 to 1, × 100."""
    return figure(None if value is None else 100 * value, decimals)


def with_interval(estimate: Estimate | None, sign: bool = False, decimals: int = 1) -> Entry:
    """An estimate, its interval below it."""
    if estimate is None or pd.isna(estimate.middle):
        return BLANK
    ends = "" if pd.isna(estimate.low) else span(estimate, sign, decimals)
    return Entry(number(estimate.middle, decimals, sign), (ends,) * bool(ends), estimate.middle)


def span(estimate: Estimate, sign: bool = True, decimals: int = 1) -> str:
    """Such as "−0.3 to +2.7"."""
    return f"{number(estimate.low, decimals, sign)} to {number(estimate.high, decimals, sign)}"


def p_value(p: Any) -> Entry:
    """A p value, to three decimals."""
    if p is None or pd.isna(p):
        return BLANK
    return Entry("< 0.001" if p < 0.001 else f"{p:.3f}", sort=float(p))


def listing(items: Sequence[str]) -> str:
    """Such as "a, b and c"."""
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def plural(count: int, thing: str) -> str:
    """Such as "1 pair", "2 pairs"."""
    return f"{count:,} {thing}{'' if count == 1 else 's'}"
