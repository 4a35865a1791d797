"""Tables of cells: systems × pairs, with their tests, corrected family by family, and as CSV."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from switchrank.statistics.family import AVERAGE, AVERAGES, Comparison, family
from switchrank.statistics.numbers import number
from switchrank.statistics.significance import ALPHA

DISTINCT = "average (distinct names)"
CEILING = "candidates' ceiling"
IMPOSSIBLE = "n/a"  # pandas reads it as missing
_P_COLUMNS = {"p": "p", "p (Bonferroni)": "p_bonferroni", "p (Holm)": "p_holm", "p (BH)": "p_bh"}


@dataclass(frozen=True)
class Table:
    """What a table shows of a group.

    `scores`, × 100 and unrounded, have a row per system; columns are the pairs, then AVERAGE and DISTINCT.
    They are NaN where a system has no cell, and in the averages of one that lacks a pair: they would not be
    comparable.
    """

    group: str
    references: Mapping[str, str | None]  # of each system; None where it is not tested
    impossible: Mapping[str, Collection[str]]  # system → pairs on which there can be no cell
    metric: str  # the leading one, "MRR@10"
    scores: pd.DataFrame
    ceiling: pd.Series  # the candidates', × 100, for the same columns; NaN for DISTINCT
    tests: pd.DataFrame  # all that are shown, corrected in their families; see family
    queries: Sequence[int]  # the numbers of test queries that cells have, ascending
    seeds: Mapping[str, int]  # system → number of seeds

    @property
    def pairs(self) -> list[str]:
        """The columns that are pairs."""
        return list(self.scores.columns[:-2])

    @property
    def averages_tested(self) -> int:
        """How many averages, of all groups, are corrected together; 0 where this table tests none."""
        sizes = self.tests.loc[self.tests["column"] == AVERAGE, "family_size"]
        return int(sizes.max()) if len(sizes) else 0

    @property
    def pairs_tested(self) -> dict[str, int]:
        """How many pairs of a system are corrected together, of each that is tested on any."""
        of_pairs = self.tests[self.tests["column"] != AVERAGE]
        return of_pairs.groupby("system", sort=False).size().to_dict()

    @property
    def families(self) -> str:
        """The families of these tests, with the number of tests in each; nothing where there is no test."""
        pairs, averages = self.pairs_tested, self.averages_tested
        kinds = [f"each system's pairs in this group ({gathered(pairs)})"] if pairs else []
        kinds += [f"the averages of all systems and groups ({averages})"] if averages else []
        return "; ".join(kinds)

    @property
    def best(self) -> pd.DataFrame:
        """Where a score, as shown with one decimal, is the highest of its column; several may be."""
        rounded = self.scores.map(lambda score: float(f"{score:.1f}"))
        return rounded.eq(rounded.max())

    @property
    def shown(self) -> pd.DataFrame:
        """`scores` as text: blank is what was not asked for, IMPOSSIBLE what cannot exist."""
        text = self.scores.map(one_decimal)
        for system in text.index:
            text.loc[system, [column in self.impossible[system] for column in text]] = IMPOSSIBLE
        return text

    def p(self, column: str) -> pd.DataFrame:
        """A column of `tests` as systems × pairs and AVERAGE, NaN where there is no test."""
        wide = self.tests.pivot(index="system", columns="column", values=column)
        return wide.reindex(index=self.scores.index, columns=[*self.pairs, AVERAGE]).astype(float)

    @property
    def marks(self) -> pd.DataFrame:
        """Where a difference is significant: ‡ after Bonferroni, † after Holm only, * after BH only."""
        marks = pd.DataFrame("", index=self.scores.index, columns=[*self.pairs, AVERAGE])
        for mark, p_column in (("*", "p_bh"), ("†", "p_holm"), ("‡", "p_bonferroni")):
            marks = marks.mask(self.p(p_column).lt(ALPHA), mark)
        return marks


def score_table(
    cells: Sequence[Mapping[str, Any]],
    group: str,
    systems: Sequence[str],
    pairs: Sequence[str],
    references: Mapping[str, str | None],
    impossible: Mapping[str, Collection[str]] | None = None,
    averages: Iterable[Mapping[str, Any]] = (),
) -> Table:
    """Arrange all cells of one group, pairs and averages in any order; what a system lacks stays blank.

    `systems` and `pairs` are rows and columns, in order. `averages` are the cells of the averages of all
    groups: those that are not shown here are in a family with those that are. A ValueError if a cell is of
    another group, system or pair, occurs twice, or has a metric, ceiling or number of queries of its own, or
    a system has no cell.
    """
    placed = _placed(cells, group, systems, pairs)
    means = {key: cell["mean"] for key, cell in placed.items()}
    distinct = {system: cell["distinct"] for (system, column), cell in placed.items() if column == AVERAGE}
    means |= {(system, DISTINCT): of_system["mean"] for system, of_system in distinct.items()}
    columns = [*pairs, AVERAGE, DISTINCT]
    scores = 100 * pd.Series(means, dtype=float).unstack().reindex(index=systems, columns=columns)
    tests = [
        _test(AVERAGES if column == AVERAGE else f"{system}, {group}", column, cell, references)
        for system in systems
        for column in columns
        if (cell := placed.get((system, column))) and references.get(system) in cell["versus"]
    ]
    elsewhere = [
        _test(AVERAGES, f"{AVERAGE} of {cell['group']}", cell, references)
        for cell in averages
        if cell["group"] != group and references.get(cell["system"]) in cell["versus"]
    ]
    return Table(
        group=group,
        references={system: references.get(system) for system in systems},
        impossible={system: set((impossible or {}).get(system, ())) for system in systems},
        metric=_common({cell["metric"] for cell in placed.values()}, "metric"),
        scores=scores,
        ceiling=pd.Series(_by_column(placed, "ceiling")).reindex(scores.columns) * 100,
        tests=family([*tests, *elsewhere])[: len(tests)],
        queries=sorted(set(_by_column(placed, "queries").values())),
        seeds={system: len(cell["per_seed"]) for (system, _), cell in placed.items()},
    )


def to_csv(table: Table) -> str:
    """The table for programs: a row per system, then the candidates' ceiling.

    Columns: system; those of `shown`; reference; then "{pair} p" of the test against the reference over
    queries and seeds, as it is and corrected ("{pair} p (Bonferroni)", "(Holm)", "(BH)"), four significant
    digits; likewise "average p".
    """
    columns = {column: [*text, one_decimal(table.ceiling[column])] for column, text in table.shown.items()}
    columns["reference"] = [table.references[system] or "" for system in table.scores.index] + [""]
    for column in (*table.pairs, AVERAGE):
        for label, p_column in _P_COLUMNS.items():
            p_values = table.p(p_column)[column]
            columns[f"{column} {label}"] = [*("" if np.isnan(p) else f"{p:.4g}" for p in p_values), ""]
    frame = pd.DataFrame(columns, index=[*table.scores.index, CEILING])
    return frame.to_csv(index_label="system", lineterminator="\n")


def gathered(values: Mapping[str, Any]) -> str:
    """Names by what they have in common: "1: bm25; 3: zero-shot, ml-cs"."""
    names: dict[Any, list[str]] = {}
    for name, value in values.items():
        names.setdefault(value, []).append(name)
    return "; ".join(f"{value}: {', '.join(sharing)}" for value, sharing in names.items())


def one_decimal(value: float) -> str:
    """A figure as tables show it; nothing for NaN."""
    return "" if np.isnan(value) else number(value)


def _test(
    name: str, column: str, cell: Mapping[str, Any], references: Mapping[str, str | None]
) -> Comparison:
    """What `family` takes, of a cell and the reference of its system."""
    reference = references[cell["system"]]
    return name, cell["system"], reference, column, cell["queries"], cell["versus"][reference]


def _placed(
    cells: Sequence[Mapping[str, Any]], group: str, systems: Sequence[str], pairs: Sequence[str]
) -> dict[tuple[str, str], Mapping[str, Any]]:
    """(system, pair or AVERAGE) → cell, without averages over other than all pairs."""
    placed = {}
    for cell in cells:
        average = "pairs" in cell
        column = AVERAGE if average else f"{cell['query_language']}-{cell['document_language']}"
        known = cell["group"] == group and cell["system"] in systems and (average or column in pairs)
        if not known or (cell["system"], column) in placed:
            why = "occurs twice" if known else "is none of the table's"
            raise ValueError(f"table {group}: cell {cell['group']}/{cell['system']}/{column} {why}")
        if not average or cell["pairs"] == len(pairs):
            placed[cell["system"], column] = cell
    lacking = [system for system in systems if all(system != other for other, _ in placed)]
    if lacking:
        raise ValueError(f"table {group}: found no cell of {', '.join(lacking)}, expected at least one")
    return placed


def _by_column(placed: Mapping[tuple[str, str], Mapping[str, Any]], key: str) -> dict[str, Any]:
    values: dict[str, set[Any]] = {}
    for (_, column), cell in placed.items():
        values.setdefault(column, set()).add(cell[key])
    return {column: _common(several, f"{key} of {column}") for column, several in values.items()}


def _common(values: set[Any], what: str) -> Any:
    if len(values) != 1:
        raise ValueError(f"table: {what}: found {sorted(values)}, expected one for all systems")
    return next(iter(values))
