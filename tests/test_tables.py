"""Tables of cells as frames, CSV and LaTeX."""

import csv
import io
import re
import shutil
import subprocess

import pytest

from switchrank.tables import AVERAGE, CEILING, DISTINCT, caption, escape, score_table, to_csv, to_latex

SYSTEMS = ["bm25", "zero-shot", "ml-cs"]
PAIRS = ["en-de", "ar-ru"]


def cell(system, pair, mean, p=None, **changes):
    query_language, document_language = pair.split("-")
    return {
        "system": system,
        "query_language": query_language,
        "document_language": document_language,
        "group": "clir",
        "mean": mean,
        "per_seed": {"0": mean} if system == "bm25" else {"1": mean, "2": mean, "3": mean},
        "queries": 300,
        "ceiling": 0.901,
        "versus": {} if p is None else {"zero-shot": {"p": p}},
        **changes,
    }


def average(system, mean, distinct, pairs=2, **changes):
    made = cell(system, "en-de", mean, **changes)
    del made["query_language"], made["document_language"]
    return {**made, "pairs": pairs, "distinct": {"queries": 280.5, "mean": distinct}}


@pytest.fixture
def cells():
    return [
        average("ml-cs", 0.48, 0.45, p=0.0001),
        cell("ml-cs", "en-de", 0.5504, p=0.02),
        cell("ml-cs", "ar-ru", 0.42, p=0.001),
        average("zero-shot", 0.46, 0.44),
        cell("zero-shot", "en-de", 0.5496),
        cell("zero-shot", "ar-ru", 0.37),
        cell("bm25", "en-de", 0.31, p=0.04),
        average("bm25", 0.31, 0.30, pairs=1),
    ]


@pytest.fixture
def table(cells):
    return score_table(cells, "clir", SYSTEMS, PAIRS)


def test_rows_and_columns_are_in_the_order_asked_for(table):
    assert list(table.scores.index) == SYSTEMS
    assert list(table.scores.columns) == [*PAIRS, AVERAGE, DISTINCT]
    assert table.scores.loc["ml-cs"].tolist() == pytest.approx([55.04, 42.0, 48.0, 45.0])
    assert table.ceiling.tolist()[:3] == pytest.approx([90.1] * 3)
    assert table.seeds == {"bm25": 1, "zero-shot": 3, "ml-cs": 3}


def test_an_average_over_fewer_pairs_is_left_out(table):
    assert table.scores.loc["bm25"].isna().tolist() == [False, True, True, True]


def test_the_family_is_the_tests_that_are_shown(table):
    assert table.family == 3
    assert table.bonferroni.loc["ml-cs"].tolist() == pytest.approx([0.06, 0.003])
    assert table.holm.loc["ml-cs"].tolist() == pytest.approx([0.04, 0.003])
    assert table.holm.loc["zero-shot"].isna().all()
    assert table.marks.loc["ml-cs"].tolist() == ["†", "‡"]
    assert table.marks.loc["bm25"].tolist() == ["†", ""]
    assert table.marks.loc["zero-shot"].tolist() == ["", ""]


def test_all_that_are_shown_as_the_highest_are_best(table):
    assert table.best["en-de"].tolist() == [False, True, True]  # 55.0 both
    assert table.best["ar-ru"].tolist() == [False, False, True]


def test_the_csv_is_plain_numbers(table):
    rows = list(csv.DictReader(io.StringIO(to_csv(table))))
    assert [row["system"] for row in rows] == [*SYSTEMS, CEILING]
    assert [rows[2][column] for column in [*PAIRS, AVERAGE, DISTINCT]] == ["55.0", "42.0", "48.0", "45.0"]
    assert [rows[2][f"ar-ru {p}"] for p in ("p", "p (Bonferroni)", "p (Holm)")] == ["0.001", "0.003", "0.003"]
    assert rows[0]["ar-ru"] == rows[1]["en-de p"] == rows[3]["en-de p"] == rows[3][DISTINCT] == ""
    assert rows[3]["ar-ru"] == "90.1"
    assert len(rows[0]) == 1 + 4 + 3 * 2


def test_the_order_of_cells_does_not_matter(cells, table):
    turned = score_table(cells[::-1], "clir", SYSTEMS, PAIRS)
    assert to_csv(turned) == to_csv(table)
    assert to_latex(turned) == to_latex(table)


def test_latex_has_the_best_in_bold_and_marks(table):
    text = to_latex(table)
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


def test_the_caption_says_test_correction_and_family(table):
    text = caption(table)
    for said in (
        "300 test queries",
        "1: bm25; 3: zero-shot, ml-cs",
        "Bonferroni",
        "Holm",
        "paired t-test",
        "the 3 tests",
    ):
        assert said in text


def test_a_table_without_tests_speaks_of_none(cells):
    only = [one for one in cells if one["system"] == "zero-shot"]
    table = score_table(only, "clir", ["zero-shot"], PAIRS)
    assert table.family == 0
    assert "t-test" not in caption(table)
    assert r"\dagger" not in to_latex(table)


def test_special_characters_are_escaped():
    assert escape(r"a_b & 50% {x} ~^\ #$") == (
        r"a\_b \& 50\% \{x\} \textasciitilde{}\textasciicircum{}\textbackslash{} \#\$"
    )


def test_stray_twofold_and_lacking_cells_are_refused(cells):
    with pytest.raises(ValueError, match="moir/ml-cs/en-de is none"):
        score_table([*cells, cell("ml-cs", "en-de", 0.5, group="moir")], "clir", SYSTEMS, PAIRS)
    with pytest.raises(ValueError, match="clir/other/en-de is none"):
        score_table([*cells, cell("other", "en-de", 0.5)], "clir", SYSTEMS, PAIRS)
    with pytest.raises(ValueError, match="clir/ml-cs/en-it is none"):
        score_table([*cells, cell("ml-cs", "en-it", 0.5)], "clir", SYSTEMS, PAIRS)
    with pytest.raises(ValueError, match="occurs twice"):
        score_table([*cells, cells[1]], "clir", SYSTEMS, PAIRS)
    with pytest.raises(ValueError, match="no cell of cosine"):
        score_table(cells, "clir", [*SYSTEMS, "cosine"], PAIRS)


def test_systems_are_compared_on_the_same_candidates_and_queries(cells):
    with pytest.raises(ValueError, match="ceiling of en-de"):
        score_table([cells[1] | {"ceiling": 0.5}, *cells[:1], *cells[2:]], "clir", SYSTEMS, PAIRS)
    with pytest.raises(ValueError, match="number of queries"):
        score_table([cells[1] | {"queries": 299}, *cells[:1], *cells[2:]], "clir", SYSTEMS, PAIRS)


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no LaTeX here")
def test_latex_compiles(table, tmp_path):
    needed = re.search(r"% needs (.*)", to_latex(table))[1].replace(" and ", "\n")
    (tmp_path / "t.tex").write_text(
        f"\\documentclass{{article}}\n{needed}\n\\begin{{document}}\n{to_latex(table)}\n\\end{{document}}\n"
    )
    subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "t.tex"], cwd=tmp_path, check=True
    )
