"""Tables as LaTeX: what is special is escaped, and what comes out compiles."""

import re
import shutil
import subprocess

import pytest
from small_cells import CELLS, REFERENCES, SYSTEMS, arrange, cell

from switchrank.exports.latex import bold, caption, escape, table, to_latex
from switchrank.statistics.tables import CEILING


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


def test_latex_has_the_best_in_bold_and_marks():
    scores = arrange()
    text = to_latex(scores, "English")
    rows = {line.split(" & ")[0]: line for line in text.splitlines() if " & " in line}
    assert rows["ml-cs"] == (
        r"ml-cs & \textbf{55.0}$^{\dagger}$ & \textbf{42.0}$^{\ddagger}$ & \textbf{48.0}$^{\ddagger}$ & "
        r"\textbf{45.0} \\"
    )
    assert rows["bm25"] == r"bm25 & 31.0$^{\ddagger}$ &  &  &  \\"
    assert rows[CEILING] == r"candidates' ceiling & 90.1 & 90.1 & 90.1 &  \\"
    assert text.isascii()
    assert text.count("{") == text.count("}")
    assert {line.count("&") for line in rows.values()} == {4}
    for command in (r"\toprule", r"\bottomrule", r"\label{tab:clir}"):
        assert command in text


def test_every_mark_of_the_page_is_there_and_explained():
    systems = ["zero-shot", "a", "b", "c", "d"]
    p_values = dict(zip(systems[1:], (0.001, 0.0166, 0.037, 0.9), strict=True))
    cells = [cell("zero-shot", "average", 0.3, pairs=2)] + [
        cell(name, "average", 0.4, p=p, pairs=2) for name, p in p_values.items()
    ]
    scores = arrange(cells, systems, {"zero-shot": None} | dict.fromkeys(p_values, "zero-shot"))
    assert scores.marks["average"].tolist() == ["", "‡", "†", "*", ""]
    text = to_latex(scores, "English")
    for system, mark in (("a", r"$^{\ddagger}$"), ("b", r"$^{\dagger}$"), ("c", "$^{*}$"), ("d", "")):
        assert rf"{system} &  &  & \textbf{{40.0}}{mark} &" in text
    said = caption(scores, "English")
    assert all(f"{mark}: " in said for mark in ("‡", "†", "*", "Blank"))


def test_what_cannot_exist_is_a_dash():
    scores = arrange(impossible={"bm25": ["ar-ru"]})
    assert r"bm25 & 31.0$^{\ddagger}$ & -- &  &  \\" in to_latex(scores, "English")
    assert "no such cell can exist" in caption(scores, "English")
    assert "no such cell can exist" not in caption(arrange(), "English")


def test_the_caption_says_metric_test_correction_and_family():
    text = caption(arrange(), "French")
    for said in (
        "MRR@10 × 100, cross-lingual retrieval (CLIR), 300 test queries",
        "1: bm25; 3: zero-shot, ml-cs",
        "spelt as in French in another language",
        "test of the mean difference in RR@10 over queries and seeds (mixed model",
        "Bonferroni",
        "Holm",
        "each system's pairs in this group (1: bm25; 2: ml-cs); the averages of all systems and groups (1).",
        "Tested against zero-shot: bm25, ml-cs.",
    ):
        assert said in text


def test_the_caption_names_the_metric_of_the_cells_and_all_numbers_of_queries():
    cells = [
        {**cell, "metric": "nDCG@10", "queries": 200 if cell["document_language"] == "ru" else 300}
        for cell in CELLS
    ]
    text = caption(arrange(cells), "English")
    assert text.startswith("nDCG@10 × 100") and "200 to 300 test queries" in text and "in nDCG@10" in text
    assert "MRR" not in text


def test_a_table_without_tests_speaks_of_none():
    scores = arrange([cell for cell in CELLS if cell["system"] == "zero-shot"], ["zero-shot"])
    assert "test of" not in caption(scores, "English")
    assert "Families" not in caption(scores, "English")
    assert r"\dagger" not in to_latex(scores, "English")


def test_the_caption_names_every_reference():
    fast = cell("ml-cs-fast", "en-de", 0.5, p=0.01, reference="zero-shot-fast")
    references = {**REFERENCES, "ml-cs-fast": "zero-shot-fast"}
    text = caption(arrange([*CELLS, fast], [*SYSTEMS, "ml-cs-fast"], references), "English")
    assert "against zero-shot: bm25, ml-cs; against zero-shot-fast: ml-cs-fast" in text
