"""Tables as LaTeX floats; packages booktabs and graphicx."""

from collections.abc import Sequence

from switchrank.statistics.significance import ALPHA
from switchrank.statistics.tables import CEILING, DISTINCT, IMPOSSIBLE, Table, gathered, one_decimal
from switchrank.tasks.ranking import per_query_name

_ESCAPES = {
    "\\": r"\textbackslash{}",
    **{character: f"\\{character}" for character in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "×": r"$\times$",
    "±": r"$\pm$",
    "−": r"$-$",
    "–": "--",
    "†": r"$^{\dagger}$",
    "‡": r"$^{\ddagger}$",
    "*": r"$^{*}$",
}
_TITLES = {
    "moir": "monolingual retrieval (MoIR)",
    "clir": "cross-lingual retrieval (CLIR)",
    "mlir": "multilingual retrieval (MLIR)",
    "unseen": "languages and pairs unseen in training",
}


def escape(text: str) -> str:
    """Text with what is special in LaTeX escaped."""
    return text.translate(str.maketrans(_ESCAPES))


def bold(text: str) -> str:
    """Text, escaped already, in bold."""
    return rf"\textbf{{{text}}}" if text else text


def table(
    label: str,
    caption: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    footer: Sequence[str] = (),
) -> str:
    """A table as wide as it is, or as the page where that is less.

    `label` comes after "tab:"; caption and columns are plain text, rows and the footer, below a rule, LaTeX.
    The first column is aligned left, the others right.
    """
    lines = [
        "% needs \\usepackage{booktabs} and \\usepackage{graphicx}",
        r"\begin{table*}",
        r"\centering",
        rf"\caption{{{escape(caption)}}}",
        rf"\label{{tab:{label}}}",
        r"\sbox0{%",
        rf"\begin{{tabular}}{{l{'r' * (len(columns) - 1)}}}",
        r"\toprule",
        _row(map(escape, columns)),
        r"\midrule",
        *map(_row, rows),
        *([r"\midrule", _row(footer)] if footer else []),
        r"\bottomrule",
        r"\end{tabular}}%",
        r"\ifdim\wd0>\textwidth\resizebox{\textwidth}{!}{\usebox0}\else\usebox0\fi",
        r"\end{table*}",
    ]
    return "\n".join(lines) + "\n"


def to_latex(scores: Table, source_language: str) -> str:
    """The table as a LaTeX float: best in bold, significance marked; a source language such as "English"."""
    text = scores.shown.replace(IMPOSSIBLE, "–").map(escape)
    marks = scores.marks.map(escape).reindex(columns=text.columns, fill_value="")
    fields = text.mask(scores.best, text.map(bold)) + marks
    rows = [[escape(system), *row] for system, row in zip(fields.index, fields.to_numpy(), strict=True)]
    footer = [escape(CEILING), *map(one_decimal, scores.ceiling)]
    return table(scores.group, caption(scores, source_language), ["system", *fields], rows, footer)


def caption(scores: Table, source_language: str) -> str:
    """What the table shows and how it was tested, as plain text that explains the marks ‡, † and *."""
    systems = list(scores.scores.index)
    seeds = gathered({system: str(scores.seeds[system]) for system in sorted(systems, key=scores.seeds.get)})
    queries = " to ".join(str(number) for number in dict.fromkeys((scores.queries[0], scores.queries[-1])))
    text = (
        f"{scores.metric} × 100, {_TITLES.get(scores.group, scores.group)}, {queries} test queries, "
        f"mean over seeds (number of seeds {seeds}). Best of each column in bold. "
        f"{DISTINCT.capitalize()}: without queries spelt as in {source_language} in another language. "
        f"{CEILING.capitalize()}: what a ranker would reach that knew which texts are relevant."
    )
    if any(scores.impossible[system] & set(scores.pairs) for system in systems):
        text += " –: no such cell can exist."
    if scores.shown.eq("").any(axis=None):
        text += " Blank: not asked for, or an average that lacks a pair."
    if scores.tests.empty:
        return text
    tested = gathered({system: f"against {scores.references[system]}" for system in scores.tests["system"]})
    return (
        f"{text} "
        f"‡: differs from its reference at p < {ALPHA} after Bonferroni correction (and so after Holm), "
        f"†: after Holm correction only, *: after Benjamini–Hochberg's only; "
        f"two-sided test of the mean difference in {per_query_name(scores.metric)} over queries and seeds "
        f"(mixed model with both crossed). Families of tests: {scores.families}. Tested {tested}."
    )


def _row(fields) -> str:
    return " & ".join(fields) + r" \\"
