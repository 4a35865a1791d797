"""Tables of scores as LaTeX."""

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
    shown, best, marks = table.shown, table.best, table.marks
    rows = []
    for system in table.scores.index:
        fields = [latex.escape(system)]
        for column in table.scores:
            mark = marks.loc[system, column] if column in marks else ""
            text = latex.escape(shown.loc[system, column].replace(IMPOSSIBLE, "–"))
            fields.append((latex.bold(text) if best.loc[system, column] else text) + latex.escape(mark))
        rows.append(fields)
    footer = [latex.escape(CEILING), *map(one_decimal, table.ceiling)]
    columns = ["system", *table.scores.columns]
    return latex.table(table.group, caption(table, source_language), columns, rows, footer)


def caption(table: Table, source_language: str) -> str:
    """What the table shows and how it was tested, as plain text that explains the marks † and ‡."""
    by_number: dict[int, list[str]] = {}
    for system in table.scores.index:
        by_number.setdefault(table.seeds[system], []).append(system)
    seeds = "; ".join(f"{number}: {', '.join(names)}" for number, names in sorted(by_number.items()))
    queries = " to ".join(str(number) for number in dict.fromkeys((table.queries[0], table.queries[-1])))
    text = (
        f"{table.metric} × 100, {_TITLES.get(table.group, table.group)}, {queries} test queries, "
        f"mean over seeds (number of seeds {seeds}). Best of each column in bold. "
        f"{DISTINCT.capitalize()}: without queries spelt as in {source_language} in another language. "
        f"{CEILING.capitalize()}: share of queries whose relevant passage is among the candidates."
    )
    if any(table.impossible[system] & set(table.pairs) for system in table.scores.index):
        text += " –: no such cell can exist."
    if not table.family:
        return text
    against: dict[str, list[str]] = {}
    for system in dict.fromkeys(table.tests["system"]):
        against.setdefault(table.references[system], []).append(system)
    tested = "; ".join(f"against {reference}: {', '.join(systems)}" for reference, systems in against.items())
    return (
        f"{text} "
        f"‡: differs from its reference at p < {ALPHA} after Bonferroni correction (and so after Holm), "
        f"†: after Holm correction only; two-sided paired t-test over queries on "
        f"{per_query_name(table.metric)} averaged over seeds; "
        f"the family is the {table.family} tests that this table shows (averages are left unmarked). "
        f"Tested {tested}."
    )
