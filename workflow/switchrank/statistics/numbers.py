"""How figures are written, wherever people read them: page, LaTeX, claims, headline."""

import math
from typing import Any

import pandas as pd

NOTHING = "–"  # what stands for a figure that does not exist


def number(value: Any, decimals: int = 1, sign: bool = False) -> str:
    """A number with so many decimals and a true minus sign; with `sign` also a plus sign.

    What is 0 as it is written has no sign; what is missing (None or NaN) is NOTHING.
    """
    if pd.isna(value):
        return NOTHING
    text = f"{value:z.{decimals}f}"
    plus = "+" if sign and float(text) > 0 else ""
    return f"{plus}{text}".replace("-", "−")


def brief(value: Any, digits: int = 6) -> str:
    """A number with so many significant digits and a true minus sign; what is missing is NOTHING."""
    return NOTHING if pd.isna(value) else f"{value:z.{digits}g}".replace("-", "−")


def ratio(value: Any) -> str:
    """A ratio such as "1.25", without a sign; what is missing, or infinite, is NOTHING."""
    return NOTHING if pd.isna(value) or math.isinf(value) else number(value, 2)
