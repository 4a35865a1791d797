"""Tables as LaTeX floats; packages booktabs and graphicx."""

from collections.abc import Sequence

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


def _row(fields) -> str:
    return " & ".join(fields) + r" \\"
