"""Tables of scores as LaTeX."""

from small_cells import CELLS, REFERENCES, SYSTEMS, arrange, cell

from switchrank.exports.score_table import caption, to_latex
from switchrank.statistics.tables import CEILING


def test_latex_has_the_best_in_bold_and_marks():
    table = arrange()
    text = to_latex(table, "English")
    rows = {line.split(" & ")[0]: line for line in text.splitlines() if " & " in line}
    assert rows["ml-cs"] == (
        r"ml-cs & \textbf{55.0}$^{\dagger}$ & \textbf{42.0}$^{\ddagger}$ & \textbf{48.0} & \textbf{45.0} \\"
    )
    assert rows["bm25"] == r"bm25 & 31.0$^{\dagger}$ &  &  &  \\"
    assert rows[CEILING] == r"candidates' ceiling & 90.1 & 90.1 & 90.1 &  \\"
    assert text.isascii()
    assert text.count("{") == text.count("}")
    assert {line.count("&") for line in rows.values()} == {4}
    for command in (r"\toprule", r"\bottomrule", r"\label{tab:clir}"):
        assert command in text


def test_what_cannot_exist_is_a_dash():
    table = arrange(impossible={"bm25": ["ar-ru"]})
    assert r"bm25 & 31.0$^{\dagger}$ & -- &  &  \\" in to_latex(table, "English")
    assert "no such cell can exist" in caption(table, "English")
    assert "no such cell can exist" not in caption(arrange(), "English")


def test_the_caption_says_metric_test_correction_and_family():
    text = caption(arrange(), "French")
    for said in (
        "MRR@10 × 100, cross-lingual retrieval (CLIR), 300 test queries",
        "1: bm25; 3: zero-shot, ml-cs",
        "spelt as in French in another language",
        "paired t-test over queries on RR@10",
        "Bonferroni",
        "Holm",
        "the 3 tests",
        "Tested against zero-shot: bm25, ml-cs.",
    ):
        assert said in text


def test_the_caption_names_the_metric_of_the_cells_and_all_numbers_of_queries():
    cells = [
        {**cell, "metric": "nDCG@10", "queries": 200 if cell["document_language"] == "ru" else 300}
        for cell in CELLS
    ]
    text = caption(arrange(cells), "English")
    assert text.startswith("nDCG@10 × 100") and "200 to 300 test queries" in text and "on nDCG@10" in text
    assert "MRR" not in text


def test_a_table_without_tests_speaks_of_none():
    table = arrange([cell for cell in CELLS if cell["system"] == "zero-shot"], ["zero-shot"])
    assert "t-test" not in caption(table, "English")
    assert r"\dagger" not in to_latex(table, "English")


def test_the_caption_names_every_reference():
    fast = cell("ml-cs-fast", "en-de", 0.5, p=0.01, reference="zero-shot-fast")
    references = {**REFERENCES, "ml-cs-fast": "zero-shot-fast"}
    text = caption(arrange([*CELLS, fast], [*SYSTEMS, "ml-cs-fast"], references), "English")
    assert "against zero-shot: bm25, ml-cs; against zero-shot-fast: ml-cs-fast" in text
