"""Tables of cells: systems × pairs, corrected for the number of tests shown, as CSV and LaTeX."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from switchrank.exports import latex
from switchrank.statistics.family import AVERAGE, family
from switchrank.statistics.significance import ALPHA

DISTINCT = "average (distinct names)"
CEILING = "candidates' ceiling"
IMPOSSIBLE = "n/a"  # pandas reads it as missing
_P_COLUMNS = {"p": "p_t", "p (Bonferroni)": "p_t_bonferroni", "p (Holm)": "p_t_holm", "p (BH)": "p_t_bh"}
_TITLES = {
    "moir": "monolingual retrieval (MoIR)",
    "clir": "cross-lingual retrieval (CLIR)",
    "mlir": "multilingual retrieval (MLIR)",
    "unseen": "languages and pairs unseen in training",
}


@dataclass(frozen=True)
class Table:
    """What a table shows.

    Attributes:
        group: its name, such as "clir".
        references: the systems' references, None where a system is not tested.
        impossible: system → pairs on which there can be no cell.
        scores: MRR@10 × 100, unrounded; a row per system, columns are the pairs, then AVERAGE and DISTINCT.
            NaN where a system has no cell, and in the averages of one that has not all pairs: they would not
            be comparable.
        ceiling: the candidates' ceiling × 100 for the same columns, NaN for DISTINCT.
        tests: every test shown, corrected; see family.
        queries: the number of test queries.
        seeds: system → number of seeds.
    """

    group: str
    references: Mapping[str, str | None]
    impossible: Mapping[str, Collection[str]]
    scores: pd.DataFrame
    ceiling: pd.Series
    tests: pd.DataFrame
    queries: int
    seeds: Mapping[str, int]

    @property
    def pairs(self) -> list[str]:
        """The columns that are pairs."""
        return list(self.scores.columns[:-2])

    @property
    def family(self) -> int:
        """How many tests are corrected together."""
        return int(self.tests["family"].max()) if len(self.tests) else 0

    @property
    def best(self) -> pd.DataFrame:
        """Where a score, as shown with one decimal, is the highest of its column; several may be."""
        shown = self.scores.map(lambda score: float(f"{score:.1f}"))
        return shown.eq(shown.max())

    def p(self, column: str) -> pd.DataFrame:
        """A column of `tests` as systems × pairs, NaN where there is no test."""
        wide = self.tests.pivot(index="system", columns="column", values=column)
        return wide.reindex(index=self.scores.index, columns=self.pairs).astype(float)

    @property
    def marks(self) -> pd.DataFrame:
        """‡ where a difference is significant after Bonferroni, † where only after Holm, else nothing."""
        after_holm = self.p("p_t_holm").lt(ALPHA).replace({True: "†", False: ""})
        return after_holm.mask(self.p("p_t_bonferroni").lt(ALPHA), "‡")


def score_table(
    cells: Sequence[Mapping[str, Any]],
    group: str,
    systems: Sequence[str],
    pairs: Sequence[str],
    references: Mapping[str, str | None],
    impossible: Mapping[str, Collection[str]] | None = None,
) -> Table:
    """Arrange the cells of one group.

    Args:
        cells: all cells of the group in any order, pairs and averages; what a system lacks stays blank.
        group: the cells' group.
        systems: rows, in order.
        pairs: columns, in order.
        references: system → the system that it is tested against, None for no test.
        impossible: system → pairs on which there can be no cell.

    Raises:
        ValueError: a cell is of another group, system or pair, occurs twice, or has its own ceiling or number
            of queries; a system has no cell at all.
    """
    placed = _placed(cells, group, systems, pairs)
    columns = [*pairs, AVERAGE]
    rows = [[_score(placed.get((system, column))) for column in columns] for system in systems]
    scores = pd.DataFrame(rows, index=list(systems), columns=columns, dtype=float)
    scores[DISTINCT] = [_distinct_mean(placed.get((system, AVERAGE))) for system in systems]
    tests = [
        (system, references[system], column, cell["queries"], cell["versus"][references[system]])
        for system in systems
        for column in columns
        if (cell := placed.get((system, column))) and references.get(system) in cell["versus"]
    ]
    return Table(
        group=group,
        references={system: references.get(system) for system in systems},
        impossible={system: set((impossible or {}).get(system, ())) for system in systems},
        scores=scores,
        ceiling=_ceilings(placed, scores.columns),
        tests=family(tests),
        queries=_one_value({cell["queries"] for cell in placed.values()}, "number of queries"),
        seeds={system: len(cell["per_seed"]) for (system, _), cell in placed.items()},
    )


def to_csv(table: Table) -> str:
    """The table for programs: a row per system, then the candidates' ceiling.

    Columns: system; MRR@10 × 100 with one decimal for each pair, the average, the average of distinct names;
    reference; then "{pair} p" and the same corrected ("{pair} p (Bonferroni)", "(Holm)", "(BH)") of the
    paired t-test against the reference, four significant digits. Blank is what was not asked for, "n/a" what
    cannot exist.
    """
    shown = {column: [*_shown(table, column), _decimal(table.ceiling[column])] for column in table.scores}
    shown["reference"] = [table.references[system] or "" for system in table.scores.index] + [""]
    for pair in table.pairs:
        for label, column in _P_COLUMNS.items():
            shown[f"{pair} {label}"] = [*map(_four_digits, table.p(column)[pair]), ""]
    frame = pd.DataFrame(shown, index=[*table.scores.index, CEILING])
    return frame.to_csv(index_label="system", lineterminator="\n")


def to_latex(table: Table) -> str:
    """The table as a LaTeX float: best in bold, significance marked."""
    best, marks = table.best, table.marks
    rows = []
    for place, system in enumerate(table.scores.index):
        fields = [latex.escape(system)]
        for column in table.scores:
            text = _shown(table, column)[place].replace(IMPOSSIBLE, "–")
            mark = marks.loc[system, column] if column in marks else ""
            text = latex.escape(text)
            fields.append((latex.bold(text) if best.loc[system, column] else text) + latex.escape(mark))
        rows.append(fields)
    footer = [latex.escape(CEILING), *map(_decimal, table.ceiling)]
    return latex.table(table.group, caption(table), ["system", *table.scores.columns], rows, footer)


def caption(table: Table) -> str:
    """What the table shows and how it was tested, as plain text that explains the marks † and ‡."""
    by_number: dict[int, list[str]] = {}
    for system in table.scores.index:
        by_number.setdefault(table.seeds[system], []).append(system)
    seeds = "; ".join(f"{number}: {', '.join(names)}" for number, names in sorted(by_number.items()))
    text = (
        f"MRR@10 × 100, {_TITLES.get(table.group, table.group)}, {table.queries} test queries, "
        f"mean over seeds (number of seeds {seeds}). Best of each column in bold. "
        f"{DISTINCT.capitalize()}: without queries spelt as in English in another language. "
        f"{CEILING.capitalize()}: share of queries whose relevant passage is among the candidates."
    )
    if any(table.impossible[system] & set(table.pairs) for system in table.scores.index):
        text += " –: no such cell can exist."
    if not table.family:
        return text
    against: dict[str, list[str]] = {}
    for system in dict.fromkeys(table.tests["system"]):
        against.setdefault(table.references[system], []).append(system)
    tested = "; ".join(f"against {reference}: {', '.join(own)}" for reference, own in against.items())
    return (
        f"{text} "
        f"‡: differs from its reference at p < {ALPHA} after Bonferroni correction (and so after Holm), "
        f"†: after Holm correction only; two-sided paired t-test over queries on RR@10 averaged over seeds; "
        f"the family is the {table.family} tests that this table shows (averages are left unmarked). "
        f"Tested {tested}."
    )


def _placed(
    cells: Sequence[Mapping[str, Any]], group: str, systems: Sequence[str], pairs: Sequence[str]
) -> dict[tuple[str, str], Mapping[str, Any]]:
    """(system, pair or AVERAGE) → cell, without averages over other than all pairs."""
    placed: dict[tuple[str, str], Mapping[str, Any]] = {}
    for cell in cells:
        average = "pairs" in cell
        column = AVERAGE if average else f"{cell['query_language']}-{cell['document_language']}"
        known = cell["group"] == group and cell["system"] in systems and (average or column in pairs)
        if not known or (cell["system"], column) in placed:
            why = "occurs twice" if known else "is none of the table's"
            raise ValueError(f"table {group}: cell {cell['group']}/{cell['system']}/{column} {why}")
        if not average or cell["pairs"] == len(pairs):
            placed[cell["system"], column] = cell
    lacking = [system for system in systems if all(system != found for found, _ in placed)]
    if lacking:
        raise ValueError(f"table {group}: found no cell of {', '.join(lacking)}, expected at least one")
    return placed


def _score(cell: Mapping[str, Any] | None) -> float:
    return np.nan if cell is None else 100 * cell["mean"]


def _distinct_mean(cell: Mapping[str, Any] | None) -> float:
    mean = cell["distinct"]["mean"] if cell else None
    return np.nan if mean is None else 100 * mean


def _shown(table: Table, column: str) -> list[str]:
    """A column as text: blank is what was not asked for."""
    return [
        IMPOSSIBLE if column in table.impossible[system] else _decimal(score)
        for system, score in table.scores[column].items()
    ]


def _ceilings(placed: Mapping[tuple[str, str], Mapping[str, Any]], columns: Sequence[str]) -> pd.Series:
    found: dict[str, set[float]] = {column: set() for column in columns}
    for (_, column), cell in placed.items():
        found[column].add(100 * cell["ceiling"])
    values = [
        _one_value(found[column], f"ceiling of {column}") if found[column] else np.nan for column in columns
    ]
    return pd.Series(values, index=columns, dtype=float)


def _one_value(values: set[Any], what: str) -> Any:
    if len(values) != 1:
        raise ValueError(f"table: {what}: found {sorted(values)}, expected one for all systems")
    return next(iter(values))


def _decimal(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.1f}"


def _four_digits(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.4g}"
