"""The scores of all systems: averages, language matrices, and the table of each group with its tests."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.report.estimates import Entry, Estimate, count, figure, percent, scored, table, with_interval
from switchrank.report.inputs import Inputs, group_name
from switchrank.report.plots.matrices import colour_scale, heatmap
from switchrank.report.sections.summary import shown_first
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.numbers import number
from switchrank.statistics.significance import ALPHA
from switchrank.statistics.tables import CEILING, Table

_IMPOSSIBLE = Entry("–", style="impossible", tip="cannot exist")
_P_VALUES = (
    "p", "p_bonferroni", "p_holm", "p_bh", "p_t", "p_t_holm", "p_randomisation", "p_randomisation_holm",
)  # fmt: skip
_TESTS = (
    "system", "reference", "on", "difference", "detectable", "d_z", "wins / ties / losses", "s.e. queries",
    "s.e. seeds", "s.e. both", "p", "Bonferroni", "Holm", "Benjamini–Hochberg", "t-test p", "its Holm",
    "randomisation p", "its Holm", "family", "queries",
)  # fmt: skip
_NEIGHBOURS = ("group", "rank", "system", "average", "next system", "difference", "detectable", "p", "Holm")


def averages(inputs: Inputs) -> dict[str, Any]:
    """A row per system: the leading metric with its errors, and without shared names; the other metrics."""
    groups, metrics = inputs.groups, inputs.config["metrics"][1:]
    leading = [
        [system, *(entry for group in groups for entry in _average(cells.get(group)))]
        for system, cells in inputs.cells.items()
    ]
    others = [
        [system, *(scored(cells[g]["metrics"][m]) if g in cells else None for g in groups for m in metrics)]
        for system, cells in inputs.cells.items()
    ]
    columns = [f"{name} {metric}" for name in groups.values() for metric in metrics]
    return {
        "leading": table(["system", *(c for name in groups.values() for c in (name, "distinct"))], leading),
        "others": table(["system", *columns], others) if metrics else None,
        "neighbours": _neighbours(inputs),
    }


def matrix(inputs: Inputs) -> dict[str, Any]:
    """One heat map per system, all on one scale: those that the summary is about, and the others."""
    cells = {system: inputs.cells_of_pairs(system) for system in inputs.cells}
    best = max(cell["mean"] for named in cells.values() for cell in named.values())
    highest = max(10, 10 * math.ceil(10 * best))
    blocks = _blocks(inputs)
    maps = {}
    for system, named in cells.items():
        shown = {inputs.pairs[pair]: cell for pair, cell in named.items()}
        impossible = [inputs.pairs[pair] for pair in inputs.systems[system].get("impossible", ())]
        maps[system] = heatmap(system, shown, impossible, blocks, highest, inputs.metric)
    first = shown_first(inputs) or list(maps)
    return {
        "scale": colour_scale(highest, inputs.metric),
        "first": {system: maps[system] for system in first},
        "others": {system: drawn for system, drawn in maps.items() if system not in first},
    }


def tables(inputs: Inputs) -> dict[str, Any]:
    """Scores and tests of each group."""
    return {
        "groups": [
            {
                "name": group,
                "title": inputs.groups[group],
                "families": shown.families,
                "scores": _scores(shown),
                "tests": table(_TESTS, map(_test, shown.tests.to_dict("records"))),
            }
            for group, shown in inputs.tables.items()
        ]
    }


def _neighbours(inputs: Inputs) -> dict[str, Any] | None:
    """How many neighbours in the ranking of each group can be told apart, and a row for each two."""
    if inputs.neighbours is None or inputs.neighbours.empty:
        return None
    apart = {}
    for group, frame in inputs.neighbours.groupby("group", sort=False):
        apart[group_name(group)] = int((frame["p_holm"] < ALPHA).sum()), len(frame)
    rows = [
        [
            group_name(row["group"]),
            count(row["rank"]),
            row["system"],
            figure(row["mean"]),
            row["next_system"],
            with_interval(Estimate.tested(row), sign=True),
            figure(row["detectable"]),
            _p_value(row["p"]),
            _p_value(row["p_holm"]),
        ]
        for row in inputs.neighbours.to_dict("records")
    ]
    return {"apart": apart, "table": table(_NEIGHBOURS, rows)}


def _average(cell: Mapping[str, Any] | None) -> list[Entry | None]:
    if cell is None:
        return [None, None]
    error = cell["standard_error"]
    apart = f"s.e. {number(100 * error['queries'], 2)}"
    apart += "" if error["seeds"] is None else f" · {number(100 * error['seeds'], 2)}"
    entry = scored(cell)
    entry = entry._replace(small=(*entry.small, apart), style="strong edge")
    return [entry, percent(cell["distinct"]["mean"])]


def _blocks(inputs: Inputs) -> list[list[str]]:
    """The sides that occur, in the order of the config: languages seen in training, others, mixed sides."""
    config = inputs.config
    pairs = [inputs.pairs[pair] for pairs in config["pairs"].values() for pair in pairs]
    occurring = {side.name for pair in pairs for side in (pair.query, pair.document)}
    seen = {config["source_language"], *config["training"]["languages"]}
    blocks = (
        [language for language in config["languages"] if language in seen],
        [language for language in config["languages"] if language not in seen],
        config["mixed"],
    )
    return [shown for block in blocks if (shown := [side for side in block if side in occurring])]


def _scores(shown: Table) -> dict[str, Any]:
    """The table of one group: best in bold, significance marked, and what its tests found."""
    best = shown.best
    marks = shown.marks
    rows = []
    for system, scores in shown.scores.iterrows():
        row = [system, shown.references[system]]
        for column, score in scores.items():
            if column in shown.impossible[system]:
                row.append(_IMPOSSIBLE)
            elif pd.isna(score):
                row.append(None)
            else:
                styles = ["best"] if best.loc[system, column] else []
                styles += ["edge"] if column == AVERAGE else []
                mark = marks.loc[system, column] if column in marks else ""
                shown_score = figure(score)
                row.append(shown_score._replace(text=shown_score.text + mark, style=" ".join(styles)))
        rows.append(row)
    counts = Counter(marks.to_numpy().flat)
    note = (
        f"{counts['‡']} significant after Bonferroni, {counts['†']} more after Holm, "
        f"{counts['*']} more after Benjamini–Hochberg"
    )
    foot = [CEILING, None, *map(figure, shown.ceiling)]
    return table(["system", "tested against", *shown.scores.columns], rows, foot) | {"note": note}


def _test(test: Mapping[str, Any]) -> list[Any]:
    """A test behind a table, with its effect size, its family, and with queries and seeds kept apart."""
    record = [int(test[name]) for name in ("wins", "ties", "losses")]
    return [
        test["system"],
        test["reference"],
        test["column"],
        with_interval(Estimate.tested(test), sign=True),
        figure(test["detectable"]),
        figure(test["effect_size"], 2, sign=True),
        Entry(" / ".join(map(str, record)), sort=float(record[0] - record[2])),
        figure(test["se_queries"], 2),
        figure(test["se_seeds"], 2),
        figure(test["se_both"], 2),
        *(_p_value(test[name]) for name in _P_VALUES),
        Entry(test["family"], (f"{test['family_size']} tests",)),
        count(test["queries"]),
    ]


def _p_value(p: Any) -> Entry:
    return Entry() if pd.isna(p) else Entry("< 0.001" if p < 0.001 else number(p, 3), sort=float(p))
