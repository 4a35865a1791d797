"""Tables of cells: systems × pairs, corrected for the number of tests shown, as CSV and LaTeX."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from switchrank.significance import ALPHA, corrected

AVERAGE = "average"
DISTINCT = "average (distinct names)"
CEILING = "candidates' ceiling"
_TITLES = {
    "moir": "monolingual retrieval (MoIR)",
    "clir": "cross-lingual retrieval (CLIR)",
    "mlir": "multilingual retrieval (MLIR)",
    "unseen": "languages and pairs unseen in training",
}
_ESCAPES = {
    "\\": r"\textbackslash{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "×": r"$\times$",
    "†": r"$^{\dagger}$",
    "‡": r"$^{\ddagger}$",
}


@dataclass(frozen=True)
class Table:
    """What a table shows; frames have one row per system, and columns are pairs unless said otherwise.

    Attributes:
        group: its name, such as "clir".
        reference: the system that the others are tested against.
        scores: MRR@10 × 100, unrounded; columns are the pairs, then AVERAGE and DISTINCT. NaN where a system
            has no cell, and in the averages of one that has not all pairs: they would not be comparable.
        ceiling: the candidates' ceiling × 100 for the same columns, NaN for DISTINCT.
        p: uncorrected p values against the reference; NaN where there is no test.
        bonferroni: p values corrected for all tests in `p`.
        holm: p values corrected for all tests in `p`.
        queries: the number of test queries.
        seeds: system → number of seeds.
    """

    group: str
    reference: str
    scores: pd.DataFrame
    ceiling: pd.Series
    p: pd.DataFrame
    bonferroni: pd.DataFrame
    holm: pd.DataFrame
    queries: int
    seeds: Mapping[str, int]

    @property
    def family(self) -> int:
        """How many tests the table shows."""
        return int(self.p.notna().sum().sum())

    @property
    def best(self) -> pd.DataFrame:
        """Where a score, as shown with one decimal, is the highest of its column; several may be."""
        shown = self.scores.map(lambda score: float(f"{score:.1f}"))
        return shown.eq(shown.max())

    @property
    def marks(self) -> pd.DataFrame:
        """‡ where a difference is significant after Bonferroni, † where only after Holm, else nothing."""
        after_holm = self.holm.lt(ALPHA).replace({True: "†", False: ""})
        return after_holm.mask(self.bonferroni.lt(ALPHA), "‡")


def score_table(
    cells: Sequence[Mapping[str, Any]],
    group: str,
    systems: Sequence[str],
    pairs: Sequence[str],
    reference: str = "zero-shot",
) -> Table:
    """Arrange the cells of one group.

    Args:
        cells: all cells of the group in any order, pairs and averages; what a system lacks stays blank.
        group: the cells' group.
        systems: rows, in order.
        pairs: columns, in order.
        reference: the system that the others are tested against.

    Raises:
        ValueError: a cell is of another group, system or pair, occurs twice, or has its own ceiling or number
            of queries; a system has no cell at all.
    """
    placed = _placed(cells, group, systems, pairs)
    scores = _frame(
        systems, [*pairs, AVERAGE], lambda key: 100 * placed[key]["mean"] if key in placed else None
    )
    scores[DISTINCT] = [_distinct_mean(placed.get((system, AVERAGE))) for system in systems]
    p = _frame(systems, pairs, lambda key: _p_value(placed.get(key), key[0], reference))
    return Table(
        group=group,
        reference=reference,
        scores=scores,
        ceiling=_ceilings(placed, scores.columns),
        p=p,
        bonferroni=_corrected(p, "bonferroni"),
        holm=_corrected(p, "holm"),
        queries=_one_value({cell["queries"] for cell in placed.values()}, "number of queries"),
        seeds={system: len(cell["per_seed"]) for (system, _), cell in placed.items()},
    )


def to_csv(table: Table) -> str:
    """The table for programs: a row per system, then the candidates' ceiling.

    Columns: system; MRR@10 × 100 with one decimal for each pair, the average, the average of distinct names;
    then "{pair} p", "{pair} p (Bonferroni)" and "{pair} p (Holm)" against the reference, four significant
    digits. Blank is what does not exist.
    """
    scores = pd.concat([table.scores, table.ceiling.to_frame(CEILING).T])
    columns = {column: scores[column].map(_decimal) for column in scores}
    for pair in table.p:
        for label, frame in (("p", table.p), ("p (Bonferroni)", table.bonferroni), ("p (Holm)", table.holm)):
            columns[f"{pair} {label}"] = frame[pair].map(_four_digits).reindex(scores.index, fill_value="")
    return pd.DataFrame(columns).to_csv(index_label="system", lineterminator="\n")


def to_latex(table: Table) -> str:
    """The table as a LaTeX float (packages booktabs and adjustbox): best in bold, significance marked."""
    columns = list(table.scores.columns)
    lines = [
        "% needs \\usepackage{booktabs} and \\usepackage{adjustbox}",
        r"\begin{table*}",
        r"\centering",
        rf"\caption{{{escape(caption(table))}}}",
        rf"\label{{tab:{table.group}}}",
        r"\begin{adjustbox}{max width=\textwidth}",
        rf"\begin{{tabular}}{{l{'r' * len(columns)}}}",
        r"\toprule",
        _row(["system", *map(escape, columns)]),
        r"\midrule",
        *(_row([escape(system), *_latex_scores(table, system)]) for system in table.scores.index),
        r"\midrule",
        _row([escape(CEILING), *map(_decimal, table.ceiling)]),
        r"\bottomrule",
        r"\end{tabular}",
        r"\end{adjustbox}",
        r"\end{table*}",
    ]
    return "\n".join(lines) + "\n"


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
    if not table.family:
        return text
    return (
        f"{text} "
        f"‡: differs from {table.reference} at p < {ALPHA} after Bonferroni correction (and so after Holm), "
        f"†: after Holm correction only; two-sided paired t-test over queries on RR@10 averaged over seeds; "
        f"the family is the {table.family} tests that this table shows (averages are left unmarked)."
    )


def escape(text: str) -> str:
    """Text with what is special in LaTeX escaped."""
    return "".join(_ESCAPES.get(character, character) for character in text)


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


def _frame(
    systems: Sequence[str], columns: Sequence[str], value: Callable[[tuple[str, str]], float | None]
) -> pd.DataFrame:
    rows = [[value((system, column)) for column in columns] for system in systems]
    return pd.DataFrame(rows, index=list(systems), columns=list(columns), dtype=float)


def _distinct_mean(cell: Mapping[str, Any] | None) -> float:
    mean = cell["distinct"]["mean"] if cell else None
    return np.nan if mean is None else 100 * mean


def _p_value(cell: Mapping[str, Any] | None, system: str, reference: str) -> float | None:
    if cell is None or system == reference or reference not in cell["versus"]:
        return None
    return cell["versus"][reference]["p"]


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


def _corrected(p: pd.DataFrame, method: str) -> pd.DataFrame:
    values = p.to_numpy().copy()
    tested = ~np.isnan(values)
    values[tested] = corrected(values[tested], method)
    return pd.DataFrame(values, index=p.index, columns=p.columns)


def _latex_scores(table: Table, system: str) -> list[str]:
    shown = []
    for column, score in table.scores.loc[system].items():
        text = _decimal(score)
        if table.best.loc[system, column]:
            text = rf"\textbf{{{text}}}"
        mark = table.marks.loc[system, column] if column in table.marks else ""
        shown.append(text + escape(mark))
    return shown


def _row(fields: Sequence[str]) -> str:
    return " & ".join(fields) + r" \\"


def _decimal(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.1f}"


def _four_digits(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.4g}"
