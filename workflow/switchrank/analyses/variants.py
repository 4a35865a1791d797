"""What ratios, modes and lexicons of code-switching bring: a row for each system that switches all texts."""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

import pandas as pd

from switchrank.exports import latex
from switchrank.statistics.numbers import number
from switchrank.statistics.tables import one_decimal

_MEANS = (
    "words", "precision_at_1", "coverage", "coverage_of_training_words", "coverage_of_training_tokens",
)  # fmt: skip
_REALISED = ("realised_query", "realised_passage", "realised")
# Of each table: the columns that LaTeX shows before the groups, and what its caption says of them.
_LATEX = {
    "ratio": (
        ["system", "ratio", "mode", "realised"],
        "Ratios and modes of code-switching: nominal ratio, share of the words that were replaced",
    ),
    "lexicons": (
        ["system", "method", "precision_at_1", "coverage_of_training_words", "realised"],
        "Lexicons and what they bring: precision@1 against a dictionary not seen, share of the different "
        "words of the training texts, share of the words replaced",
    ),
}


def variant_tables(
    variants: Mapping[str, Mapping[str, Any]],
    cells: Mapping[str, Mapping[str, Mapping[str, Any]]],
    training: Mapping[str, Mapping[str, Any]],
    lexicons: Mapping[str, Mapping[str, Mapping[str, Any]]],
    groups: Sequence[str],
    reference: str,
    main: str,
) -> dict[str, pd.DataFrame]:
    """What each ratio and mode brings with the main system's lexicon, and each lexicon with its settings.

    Given are: system → lexicon, ratio, mode, stop_words; system → group → cell, also of the reference, which
    was trained on plain text; system → figures of its training data; lexicon → language → its figures, see
    lexicons.make_lexicon; the groups to show, where a system has them.

    Returns:
        ratio: system, mode, stop_words, ratio (nominal), realised_query, realised_passage, realised (shares
        of the words that were replaced; of the reference 0). lexicons: system, lexicon, method, ratio; means
        over the languages: words, precision_at_1 and coverage of a dictionary not seen, NaN where they could
        not be measured fairly, coverage_of_training_words, ..._tokens; realised. Both: for each group the
        average and the gain over the reference with their intervals (× 100; NaN where there is none).
    """
    ratios, others = [], []
    if reference in cells:
        plain = {"system": reference, "mode": "none", "stop_words": True, "ratio": 0.0}
        ratios.append(plain | dict.fromkeys(_REALISED, 0.0) | _scores(cells[reference], groups, reference))
    for system, variant in variants.items():
        realised, scores = _realised(training[system]), _scores(cells[system], groups, reference)
        unlike = {key for key in variant if variant[key] != variants[main][key]}
        if "lexicon" not in unlike:
            head = {key: variant[key] for key in ("mode", "stop_words", "ratio")}
            ratios.append({"system": system, **head} | realised | scores)
        if "lexicon" in unlike or not unlike:
            stats = list(lexicons[variant["lexicon"]].values())
            row = {"system": system, "lexicon": variant["lexicon"], "method": stats[0]["method"]}
            row["ratio"] = variant["ratio"]
            for key in _MEANS:
                values = [figures.get(key) for figures in stats]
                row[key] = math.nan if None in values else fmean(values)
            others.append(row | {"realised": realised["realised"]} | scores)
    ratio = pd.DataFrame(ratios).sort_values(
        ["mode", "stop_words", "ratio"], kind="stable", ignore_index=True
    )
    return {"ratio": ratio, "lexicons": pd.DataFrame(others)}


def to_latex(name: str, table: pd.DataFrame, groups: Sequence[str], reference: str, metric: str) -> str:
    """One of the two tables as a LaTeX float; `metric` is what the averages are of."""
    columns, about = _LATEX[name]
    caption = f"{about}, and averages of {metric} × 100 with the gain over {reference}."
    rows = []
    for row in table.to_dict("records"):
        scores = (_score(row[group], row[f"{group} gain"]) for group in groups)
        rows.append([latex.escape(text) for text in (*(_text(row[column]) for column in columns), *scores)])
    titles = [column.replace("_at_1", "@1").replace("_", " ") for column in columns]
    return latex.table(name, caption, [*titles, *groups], rows)


def _realised(stats: Mapping[str, Any]) -> dict[str, float]:
    sides = stats["sides"]
    switched, words = (sum(side[key] for side in sides.values()) for key in ("switched", "words"))
    by_side = [sides[kind]["realised_ratio"] for kind in ("query", "passage")]
    return dict(zip(_REALISED, (*by_side, switched / words if words else 0.0), strict=True))


def _scores(
    cells: Mapping[str, Mapping[str, Any]], groups: Sequence[str], reference: str
) -> dict[str, float]:
    scores = {}
    for group in groups:
        cell = cells.get(group)
        versus = cell["versus"].get(reference) if cell else None
        values = [cell["mean"], *cell["interval"]] if cell else [math.nan] * 3
        values += [versus["difference"], *versus["interval"]] if versus else [math.nan] * 3
        names = [f"{group}{what}" for what in ("", " low", " high", " gain", " gain low", " gain high")]
        scores |= {name: 100 * value for name, value in zip(names, values, strict=True)}
    return scores


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    return number(value, 2) if isinstance(value, float) else str(value)


def _score(average: float, gain: float) -> str:
    shown = one_decimal(average)
    return shown if pd.isna(gain) else f"{shown} ({number(gain, sign=True)})"
