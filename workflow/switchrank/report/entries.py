"""Entries of the page's tables."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from switchrank.report.estimates import Estimate, number


class Entry(NamedTuple):
    """One entry of a table on the page.

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


def word(value: Any) -> Entry:
    """A text; nothing where there is none."""
    return BLANK if pd.isna(value) else Entry(str(value))


def figure(value: Any, decimals: int = 1, sign: bool = False) -> Entry:
    """A number; nothing where there is none."""
    return BLANK if pd.isna(value) else Entry(number(value, decimals, sign), sort=float(value))


def count(value: Any) -> Entry:
    """A whole number, thousands set apart; nothing where there is none."""
    return BLANK if pd.isna(value) else Entry(f"{value:,.0f}", sort=float(value))


def percent(value: Any, decimals: int = 1) -> Entry:
    """A share from 0 to 1, × 100."""
    return BLANK if pd.isna(value) else figure(100 * value, decimals)


def with_interval(estimate: Estimate, sign: bool = False, decimals: int = 1) -> Entry:
    """An estimate, its interval below it if it has one; nothing where there is no estimate."""
    if pd.isna(estimate.middle):
        return BLANK
    ends = () if pd.isna(estimate.low) else (estimate.span(decimals, sign),)
    return Entry(number(estimate.middle, decimals, sign), ends, estimate.middle)


def p_value(p: Any) -> Entry:
    """A p value, to three decimals; nothing where there is none."""
    if pd.isna(p):
        return BLANK
    return Entry("< 0.001" if p < 0.001 else f"{p:.3f}", sort=float(p))
