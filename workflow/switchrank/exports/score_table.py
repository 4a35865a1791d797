"""Tables of scores as LaTeX."""

from collections.abc import Mapping

from switchrank.exports import latex
from switchrank.statistics.significance import ALPHA
from switchrank.statistics.tables import CEILING, DISTINCT, IMPOSSIBLE, Table, one_decimal
from switchrank.tasks.ranking import per_query_name

_TITLES = {
    "moir": "monolingual retrieval (MoIR)",
    "clir": "cross-lingual retrieval (CLIR)",
    "mlir": "multilingual retrieval (MLIR)",
    "unseen": "languages and pairs unseen in training",
}


def to_latex(table: Table, source_language: str) -> str:
    """The table as a LaTeX float: best in bold, significance marked; a source language such as "English"."""
    text = table.shown.replace(IMPOSSIBLE, "–").map(latex.escape)
    marks = table.marks.map(latex.escape).reindex(columns=text.columns, fill_value="")
    fields = text.mask(table.best, text.map(latex.bold)) + marks
    rows = [[latex.escape(system), *row] for system, row in zip(fields.index, fields.to_numpy(), strict=True)]
    footer = [latex.escape(CEILING), *map(one_decimal, table.ceiling)]
    return latex.table(table.group, caption(table, source_language), ["system", *fields], rows, footer)


def caption(table: Table, source_language: str) -> str:
    """What the table shows and how it was tested, as plain text that explains the marks † and ‡."""
    systems = list(table.scores.index)
    seeds = _gathered({system: str(table.seeds[system]) for system in sorted(systems, key=table.seeds.get)})
    queries = " to ".join(str(number) for number in dict.fromkeys((table.queries[0], table.queries[-1])))
    text = (
        f"{table.metric} × 100, {_TITLES.get(table.group, table.group)}, {queries} test queries, "
        f"mean over seeds (number of seeds {seeds}). Best of each column in bold. "
        f"{DISTINCT.capitalize()}: without queries spelt as in {source_language} in another language. "
        f"{CEILING.capitalize()}: share of queries whose relevant passage is among the candidates."
    )
    if any(table.impossible[system] & set(table.pairs) for system in systems):
        text += " –: no such cell can exist."
    if not table.family:
        return text
    tested = _gathered({system: f"against {table.references[system]}" for system in table.tests["system"]})
    return (
        f"{text} "
        f"‡: differs from its reference at p < {ALPHA} after Bonferroni correction (and so after Holm), "
        f"†: after Holm correction only; two-sided paired t-test over queries on "
        f"{per_query_name(table.metric)} averaged over seeds; "
        f"the family is the {table.family} tests that this table shows (averages are left unmarked). "
        f"Tested {tested}."
    )


def _gathered(values: Mapping[str, str]) -> str:
    """Names by what they have in common: "1: bm25; 3: zero-shot, ml-cs"."""
    names: dict[str, list[str]] = {}
    for name, value in values.items():
        names.setdefault(value, []).append(name)
    return "; ".join(f"{value}: {', '.join(sharing)}" for value, sharing in names.items())
