"""Figures with their intervals, and how they are written."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval, in the unit that it is shown in."""

    middle: float
    low: float
    high: float

    @classmethod
    def of(cls, middle: float, interval: Sequence[float], factor: float = 100) -> "Estimate":
        """A figure and the ends of its interval, each times `factor`; a negative one turns the interval."""
        return cls(factor * middle, *sorted(factor * end for end in interval))

    @property
    def verdict(self) -> str:
        """Where the interval lies: "above" or "below" zero, or "level" if it includes zero."""
        return "above" if self.low > 0 else "below" if self.high < 0 else "level"

    def text(self, decimals: int = 1, sign: bool = True) -> str:
        """Such as "+1.2 (−0.3 to +2.7)"."""
        return f"{number(self.middle, decimals, sign)} ({self.span(decimals, sign)})"

    def span(self, decimals: int = 1, sign: bool = True) -> str:
        """Its interval alone: "−0.3 to +2.7"."""
        return f"{number(self.low, decimals, sign)} to {number(self.high, decimals, sign)}"


def number(value: float, decimals: int = 1, sign: bool = True) -> str:
    """A number with a true minus sign (never before a zero) and, if asked for, a plus sign."""
    return f"{value:{'+' if sign else ''}z.{decimals}f}".replace("-", "−")
