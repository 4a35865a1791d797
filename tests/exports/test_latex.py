"""Tables as LaTeX: what is special is escaped, and what comes out compiles."""

import re
import shutil
import subprocess

import pytest

from switchrank.exports.latex import bold, escape, table


def test_special_characters_are_escaped():
    assert escape(r"a_b & 50% {x} ~^\ #$") == (
        r"a\_b \& 50\% \{x\} \textasciitilde{}\textasciicircum{}\textbackslash{} \#\$"
    )
    assert escape("−1.0 ± 2 × 3 – †‡").isascii()


def a_table(columns):
    rows = [[escape(r"odd_name & 50% \\ {x} <y>"), *[bold("55.0") + escape("‡")] * columns]] * 3
    heads = ["system", *(f"col_{place}" for place in range(columns))]
    footer = [escape("candidates' ceiling"), *["90.1"] * columns]
    return table("a-b", "MRR@10 × 100 – 95 % of ± 1", heads, rows, footer)


def test_every_row_has_as_many_fields():
    lines = [line for line in a_table(4).splitlines() if line.endswith(r"\\")]
    assert {len(re.findall(r"(?<!\\)&", line)) for line in lines} == {4}


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is missing: see tests/install-tex.sh")
@pytest.mark.parametrize("columns", [2, 30])  # narrower and wider than the page
def test_it_compiles(columns, tmp_path):
    text = a_table(columns)
    needed = re.search(r"% needs (.*)", text)[1].replace(" and ", "\n")
    document = f"\\documentclass{{article}}\n{needed}\n\\begin{{document}}\n{text}\n\\end{{document}}\n"
    (tmp_path / "t.tex").write_text(document)
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"],
        cwd=tmp_path, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    assert "Overfull \\hbox" not in done.stdout
    assert (tmp_path / "t.pdf").stat().st_size > 1000
