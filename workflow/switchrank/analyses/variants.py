"""What ratios, modes and lexicons of code-switching bring: a row for each system that switches all texts."""

import math
from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

import pandas as pd

Cells = Mapping[str, Mapping[str, Mapping[str, Any]]]  # system → group → cell of the average
_MEANS = (
    "words", "precision_at_1", "coverage", "coverage_of_training_words", "coverage_of_training_tokens",
)  # fmt: skip


def ratio_table(
    variants: Mapping[str, Mapping[str, Any]],
    cells: Cells,
    training: Mapping[str, Mapping[str, Any]],
    groups: Sequence[str],
    reference: str,
    main: str,
) -> pd.DataFrame:
    """What each ratio and mode brings, with the main system's lexicon.

    Args:
        variants: system → lexicon, ratio, mode, stop_words.
        cells: of the systems and the reference.
        training: system → figures of its training data.
        groups: the averages to show, where a system has them.
        reference: the system trained on plain text, whose row has ratio 0.
        main: the system whose lexicon counts.

    Returns:
        system, mode, stop_words, ratio (nominal), realised_query, realised_passage, realised (shares of the
        words that were replaced); for each group the average with its interval, and the gain over the
        reference with its own (× 100; NaN where there is none).
    """
    rows = []
    if reference in cells:
        plain = {"system": reference, "mode": "none", "stop_words": True, "ratio": 0.0}
        rows.append(plain | _realised(None) | _scores(cells[reference], groups, reference))
    for system, variant in variants.items():
        if variant["lexicon"] == variants[main]["lexicon"]:
            head = {"system": system} | {key: variant[key] for key in ("mode", "stop_words", "ratio")}
            rows.append(head | _realised(training[system]) | _scores(cells[system], groups, reference))
    return pd.DataFrame(rows).sort_values(["mode", "stop_words", "ratio"], kind="stable", ignore_index=True)


def lexicon_table(
    variants: Mapping[str, Mapping[str, Any]],
    cells: Cells,
    training: Mapping[str, Mapping[str, Any]],
    lexicons: Mapping[str, Mapping[str, Mapping[str, Any]]],
    groups: Sequence[str],
    reference: str,
    main: str,
) -> pd.DataFrame:
    """What each lexicon brings beside its quality: systems that differ from the main one in their lexicon.

    Args:
        variants, cells, training, groups, reference, main: see ratio_table.
        lexicons: lexicon → language → its figures from the source language; see lexicons.make_lexicon.

    Returns:
        system, lexicon, method, ratio; means over the languages: words, precision_at_1 and coverage of a
        dictionary not seen, NaN where they could not be measured fairly, coverage_of_training_words,
        ..._tokens; realised; and what ratio_table has for each group.
    """
    usual = {key: variants[main][key] for key in ("mode", "stop_words", "ratio")}
    rows = []
    for system, variant in variants.items():
        alike = all(variant[key] == usual[key] for key in usual)
        if not alike and variant["lexicon"] == variants[main]["lexicon"]:
            continue  # a row of the table of ratios
        stats = list(lexicons[variant["lexicon"]].values())
        head = {"system": system, "lexicon": variant["lexicon"], "method": stats[0]["method"]}
        means = {"ratio": variant["ratio"]} | {key: _mean(stats, key) for key in _MEANS}
        realised = {"realised": _realised(training[system])["realised"]}
        rows.append(head | means | realised | _scores(cells[system], groups, reference))
    return pd.DataFrame(rows)


def _mean(stats: Sequence[Mapping[str, Any]], key: str) -> float:
    values = [figures.get(key) for figures in stats]
    return math.nan if None in values else fmean(values)


def _realised(stats: Mapping[str, Any] | None) -> dict[str, float]:
    """Shares of the words that were replaced; of plain text none were."""
    sides = stats["sides"] if stats else {}
    switched, words = (sum(side[key] for side in sides.values()) for key in ("switched", "words"))
    kinds = ("query", "passage")
    shares = {f"realised_{kind}": sides[kind]["realised_ratio"] if sides else 0.0 for kind in kinds}
    return {**shares, "realised": switched / words if words else 0.0}


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
