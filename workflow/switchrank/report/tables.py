"""The page's tables of measured figures: averages, scores, tests, ratios, lexicons."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from switchrank.report.inputs import Inputs, pairs_of
from switchrank.report.plots.base import Estimate
from switchrank.report.text import (
    BLANK,
    DASH,
    GROUPS,
    Entry,
    figure,
    p_value,
    percent,
    table,
    with_interval,
)
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.significance import ALPHA
from switchrank.statistics.tables import CEILING, DISTINCT, IMPOSSIBLE

_TESTS = (
    "system", "reference", "on", "difference", "d_z", "wins / ties / losses", "s.e. queries", "s.e. seeds",
    "t-test p", "Bonferroni", "Holm", "Benjamini–Hochberg", "randomisation p", "its Holm", "queries",
)  # fmt: skip
_ORDER = {"–": 0, "static": 1}  # plain English, then the paper's mode, then others


def averages(inputs: Inputs) -> dict[str, Any]:
    """A row per system, for each group the average with its uncertainty, and without shared names."""
    rows = []
    for system, cells in inputs.cells.items():
        row = [Entry(system)]
        for group in inputs.groups:
            row += _average(cells[group]) if group in cells else [BLANK, BLANK]
        rows.append(row)
    columns = [name for group in inputs.groups for name in (GROUPS.get(group, group), "distinct")]
    return table(["system", *columns], rows)


def scores(group: str, inputs: Inputs) -> dict[str, Any]:
    """The table of one group: best in bold, significance marked, and what its tests found."""
    frame = inputs.tables[group]
    pairs = pairs_of(frame)
    columns = [*pairs, AVERAGE, DISTINCT]
    rows = frame.drop(index=CEILING, errors="ignore")
    numbers = rows[columns].replace(IMPOSSIBLE, "").apply(pd.to_numeric)
    best = numbers.eq(numbers.max())
    shown = [
        [
            Entry(str(system)),
            Entry(row["reference"]),
            *(_score(row, column, bool(best.loc[system, column])) for column in columns),
        ]
        for system, row in rows.iterrows()
    ]
    foot = [Entry(CEILING), BLANK]
    foot += [Entry(text) for text in frame.loc[CEILING, columns]] if CEILING in frame.index else []
    return table(["system", "tested against", *columns], shown, foot=foot, note=_family(shown))


def tests(group: str, inputs: Inputs) -> dict[str, Any] | None:
    """Every test behind a table, with effect sizes and with queries and seeds kept apart."""
    frame = inputs.tests.get(group)
    if frame is None or frame.empty:
        return None
    rows = []
    for test in frame.to_dict("records"):
        difference = Estimate(test["difference"], test["interval_low"], test["interval_high"])
        record = [int(test[name]) for name in ("wins", "ties", "losses")]
        p_names = ("p_t", "p_t_bonferroni", "p_t_holm", "p_t_bh", "p_randomisation", "p_randomisation_holm")
        rows.append(
            [
                Entry(test["system"]),
                Entry(test["reference"]),
                Entry(test["column"]),
                with_interval(difference, sign=True),
                figure(test["effect_size"], 2, sign=True),
                Entry(" / ".join(map(str, record)), sort=float(record[0] - record[2])),
                figure(test["se_queries"], 2),
                figure(test["se_seeds"], 2),
                *(p_value(test[name]) for name in p_names),
                Entry(f"{int(test['queries']):,}", sort=float(test["queries"])),
            ]
        )
    return table(_TESTS, rows)


def ratios(frame: pd.DataFrame, groups: Sequence[str]) -> dict[str, Any]:
    """Nominal and realised ratios, and what the groups' averages are and gain."""
    told = ("realised_query", "realised_passage", "realised")
    rows = [
        [
            Entry(row["system"]),
            Entry(mode(row)),
            figure(row["ratio"], 2),
            *(figure(row.get(name), 3) for name in told),
            *_group_figures(row, groups),
        ]
        for row in sorted(frame.to_dict("records"), key=lambda row: _ORDER.get(mode(row), len(_ORDER)))
    ]
    head = ["system", "mode", "nominal", "realised, queries", "realised, passages", "realised"]
    return table([*head, *_group_columns(groups)], rows)


def lexicons(frame: pd.DataFrame, groups: Sequence[str]) -> dict[str, Any]:
    """The quality of each lexicon beside what retrieval makes of it."""
    rows = [
        [
            Entry(row["system"]),
            Entry(row["lexicon"]),
            Entry(_word(row.get("method"))),
            _count(row.get("words")),
            *(percent(row.get(n)) for n in ("precision_at_1", "coverage", "coverage_of_training_words")),
            figure(row.get("realised"), 3),
            *_group_figures(row, groups),
        ]
        for row in frame.to_dict("records")
    ]
    head = [
        "system",
        "lexicon",
        "method",
        "words",
        "precision@1, %",
        "coverage, %",
        "coverage of training words, %",
    ]
    return table([*head, "realised ratio", *_group_columns(groups)], rows)


def mode(row: Mapping[str, Any]) -> str:
    """How a row of the table of ratios switches: its mode, and whether stop words stay."""
    named = _word(row["mode"])
    if not row.get("stop_words", True):
        return "no stop words" if named == "static" else f"{named}, no stop words"
    return "–" if named == "none" else named


def _average(cell: Mapping[str, Any]) -> list[Entry]:
    reached = Estimate(*(100 * value for value in (cell["mean"], *cell["interval"])))
    error = cell["standard_error"]
    apart = f"s.e. {100 * error['queries']:.2f}"
    apart += "" if error["seeds"] is None else f" · {100 * error['seeds']:.2f}"
    entry = with_interval(reached)
    return [
        entry._replace(small=(*entry.small, apart), style="strong edge"),
        percent(cell["distinct"]["mean"]),
    ]


def _score(row: pd.Series, column: str, best: bool) -> Entry:
    text = row[column]
    if text == IMPOSSIBLE:
        return DASH
    if not text:
        return BLANK
    style = " ".join(["best"] * best + ["edge"] * (column == AVERAGE))
    return Entry(text + _mark(row, column), sort=float(text), style=style)


def _mark(row: pd.Series, pair: str) -> str:
    """‡: significant after Bonferroni, †: only after Holm, *: only after Benjamini and Hochberg."""
    for mark, correction in (("‡", "Bonferroni"), ("†", "Holm"), ("*", "BH")):
        p = row.get(f"{pair} p ({correction})", "")
        if p and p != IMPOSSIBLE and float(p) < ALPHA:
            return mark
    return ""


def _family(rows: Sequence[Sequence[Entry]]) -> str:
    texts = [entry.text for row in rows for entry in row]
    counts = {mark: sum(text.endswith(mark) for text in texts) for mark in "‡†*"}
    return (
        f"{counts['‡']} significant after Bonferroni, {counts['†']} more after Holm, "
        f"{counts['*']} more after Benjamini–Hochberg"
    )


def _group_columns(groups: Sequence[str]) -> list[str]:
    return [name for group in groups for name in (GROUPS.get(group, group), "gain")]


def _group_figures(row: Mapping[str, Any], groups: Sequence[str]) -> list[Entry]:
    made = []
    for group in groups:
        for stem, sign in ((group, False), (f"{group} gain", True)):
            values = [row.get(name) for name in (stem, f"{stem} low", f"{stem} high")]
            made.append(BLANK if pd.isna(values[0]) else with_interval(Estimate(*map(float, values)), sign))
    return made


def _count(value: Any) -> Entry:
    return BLANK if value is None or pd.isna(value) else Entry(f"{value:,.0f}", sort=float(value))


def _word(value: Any) -> str:
    return "" if value is None or pd.isna(value) else str(value)
