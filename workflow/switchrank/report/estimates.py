"""Figures with their intervals, and how they are written in texts and in tables."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from switchrank.statistics.numbers import number


class Estimate(NamedTuple):
    """A figure with its 95 % interval, in the unit that it is shown in."""

    middle: float
    low: float
    high: float
    detectable: float | None = None  # of a difference that was tested: the smallest found with a power of .8

    @classmethod
    def of(cls, middle: float, interval: Sequence[float], factor: float = 100) -> "Estimate":
        """A figure and the ends of its interval, each times `factor`; a negative one turns the interval."""
        return cls(factor * middle, *sorted(factor * end for end in interval))

    @classmethod
    def compared(cls, versus: Mapping[str, Any], factor: float = 100) -> "Estimate":
        """The difference that a cell says of two systems, times `factor`, as above."""
        estimate = cls.of(versus["difference"], versus["interval"], factor)
        return estimate._replace(detectable=abs(factor) * versus["detectable"])

    @classmethod
    def tested(cls, test: Mapping[str, Any]) -> "Estimate":
        """The difference that a test found, a row of statistics.family."""
        return cls(test["difference"], test["interval_low"], test["interval_high"], test["detectable"])

    @property
    def verdict(self) -> str:
        """Where the interval is: "above" or "below" zero, or "level" if it includes zero."""
        return "above" if self.low > 0 else "below" if self.high < 0 else "level"

    def text(self, decimals: int = 1, sign: bool = True) -> str:
        """Such as "+1.2 (−0.3 to +2.7)"."""
        return f"{number(self.middle, decimals, sign)} ({self.span(decimals, sign)})"

    def span(self, decimals: int = 1, sign: bool = True) -> str:
        """Its interval alone: "−0.3 to +2.7"."""
        return f"{number(self.low, decimals, sign)} to {number(self.high, decimals, sign)}"


class Entry(NamedTuple):
    """One entry of a table on the page."""

    text: str = ""
    small: tuple[str, ...] = ()  # further lines, in small type
    sort: float | None = None  # what it is sorted by, if not by the text
    style: str = ""  # CSS classes
    tip: str = ""


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], foot: Sequence[Any] = ()) -> dict[str, Any]:
    """A table for the page, of entries, texts and None; the first of each row is its heading."""
    rows, foot = [list(map(entry, row)) for row in rows], list(map(entry, foot))
    return {"columns": list(columns), "rows": rows, "foot": foot}


def entry(value: Any) -> Entry:
    """An entry as it is, anything else as a text; nothing where there is none."""
    if isinstance(value, Entry):
        return value
    return Entry() if pd.isna(value) else Entry(str(value))


def figure(value: Any, decimals: int = 1, sign: bool = False) -> Entry:
    """A number; nothing where there is none."""
    return Entry() if pd.isna(value) else Entry(number(value, decimals, sign), sort=float(value))


def count(value: Any, decimals: int = 0) -> Entry:
    """A number, thousands set apart; nothing where there is none."""
    return Entry() if pd.isna(value) else Entry(f"{value:,.{decimals}f}", sort=float(value))


def percent(value: Any) -> Entry:
    """A share from 0 to 1, × 100."""
    return Entry() if pd.isna(value) else figure(100 * value)


def with_interval(estimate: Estimate, sign: bool = False) -> Entry:
    """An estimate, its interval below it if it has one; nothing where there is no estimate."""
    if pd.isna(estimate.middle):
        return Entry()
    ends = () if pd.isna(estimate.low) else (estimate.span(sign=sign),)
    return Entry(number(estimate.middle, sign=sign), ends, estimate.middle)


def scored(figures: Mapping[str, Any]) -> Entry:
    """The mean of a cell, or of one of its metrics, × 100 with its interval."""
    return with_interval(Estimate.of(figures["mean"], figures["interval"]))
