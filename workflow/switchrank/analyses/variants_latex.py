"""The tables of variants as a paper would show them, in LaTeX."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from switchrank.exports import latex

_RATIO = ["system", "ratio", "mode", "realised"]
_LEXICONS = ["system", "method", "precision_at_1", "coverage_of_training_words", "realised"]


def ratio_latex(table: pd.DataFrame, groups: Sequence[str], reference: str, metric: str) -> str:
    """What variants.ratio_table gives, as a LaTeX table; `metric` is what the averages are of."""
    caption = (
        "Ratios and modes of code-switching: nominal ratio, share of the words that were replaced, and "
        f"averages of {metric} × 100 with the gain over {reference}."
    )
    return _latex("ratio", caption, table, _RATIO, groups)


def lexicons_latex(table: pd.DataFrame, groups: Sequence[str], reference: str, metric: str) -> str:
    """What variants.lexicon_table gives, as a LaTeX table; `metric` is what the averages are of."""
    caption = (
        "Lexicons and what they bring: precision@1 against a dictionary not seen, share of the different "
        "words of the training texts, share of the words replaced, and averages of "
        f"{metric} × 100 with the gain over {reference}."
    )
    return _latex("lexicons", caption, table, _LEXICONS, groups)


def _latex(
    label: str, caption: str, table: pd.DataFrame, columns: Sequence[str], groups: Sequence[str]
) -> str:
    rows = [
        [
            *(latex.escape(_text(row[column])) for column in columns),
            *(latex.escape(_score(row[group], row[f"{group} gain"])) for group in groups),
        ]
        for row in table.to_dict("records")
    ]
    titles = [column.replace("_at_1", "@1").replace("_", " ") for column in columns]
    return latex.table(label, caption, [*titles, *groups], rows)


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    return f"{value:.2f}" if isinstance(value, float) else str(value)


def _score(average: float, gain: float) -> str:
    shown = "" if pd.isna(average) else f"{average:.1f}"
    return shown if pd.isna(gain) else f"{shown} ({gain:+.1f})".replace("-", "−")
