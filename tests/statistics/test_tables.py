"""Tables of cells as frames and CSV."""

import csv
import io

import numpy as np
import pandas as pd
import pytest
from small_cells import CELLS, PAIRS, REFERENCES, SYSTEMS, arrange, cell, versus

from switchrank.statistics.family import AVERAGE
from switchrank.statistics.tables import CEILING, DISTINCT, to_csv


@pytest.fixture
def table():
    return arrange()


def test_rows_and_columns_are_in_the_order_asked_for(table):
    assert list(table.scores.index) == SYSTEMS
    assert list(table.scores.columns) == [*PAIRS, AVERAGE, DISTINCT]
    assert table.scores.loc["ml-cs"].tolist() == pytest.approx([55.04, 42.0, 48.0, 45.0])
    assert table.ceiling.tolist()[:3] == pytest.approx([90.1] * 3)
    assert table.seeds == {"bm25": 1, "zero-shot": 3, "ml-cs": 3}


def test_an_average_over_fewer_pairs_is_left_out(table):
    assert table.scores.loc["bm25"].isna().tolist() == [False, True, True, True]


def test_the_pairs_of_a_system_are_one_family_and_averages_another(table):
    assert table.pairs_tested == {"bm25": 1, "ml-cs": 2}
    assert table.averages_tested == 1
    assert table.p("p_bonferroni").loc["ml-cs"].tolist() == pytest.approx([0.06, 0.002, 0.0001])
    assert table.p("p_holm").loc["ml-cs"].tolist() == pytest.approx([0.03, 0.002, 0.0001])
    assert table.p("p_holm").loc["bm25"].tolist() == pytest.approx([0.04, np.nan, np.nan], nan_ok=True)
    assert table.p("p_holm").loc["zero-shot"].isna().all()
    assert table.marks.loc["ml-cs"].tolist() == ["†", "‡", "‡"]
    assert table.marks.loc["bm25"].tolist() == ["‡", "", ""]
    assert table.marks.loc["zero-shot"].tolist() == ["", "", ""]
    assert table.families == (
        "each system's pairs in this group (1: bm25; 2: ml-cs); the averages of all systems and groups (1)"
    )


def test_averages_are_corrected_for_those_of_all_groups():
    elsewhere = [
        cell("ml-cs", "average", 0.5, p=0.9, pairs=2, group="moir"),
        cell("bm25", "average", 0.5, p=0.8, pairs=2, group="moir"),
        cell("zero-shot", "average", 0.5, pairs=2, group="moir"),  # has no reference
    ]
    own = [cell for cell in CELLS if "pairs" in cell]  # they do not count twice
    table = arrange(averages=[*own, *elsewhere])
    assert table.averages_tested == 3
    assert table.p("p_bonferroni").loc["ml-cs"].tolist() == pytest.approx([0.06, 0.002, 0.0003])
    assert table.tests["column"].tolist() == arrange().tests["column"].tolist()
    by_family = dict(zip(table.tests["family"], table.tests["family_size"], strict=True))
    assert by_family == {"bm25, clir": 1, "ml-cs, clir": 2, "averages": 3}


def test_all_that_are_shown_as_the_highest_are_best(table):
    assert table.best["en-de"].tolist() == [False, True, True]  # 55.0 both
    assert table.best["ar-ru"].tolist() == [False, False, True]


def test_the_csv_is_plain_numbers(table):
    rows = list(csv.DictReader(io.StringIO(to_csv(table))))
    assert [row["system"] for row in rows] == [*SYSTEMS, CEILING]
    assert [rows[2][column] for column in [*PAIRS, AVERAGE, DISTINCT]] == ["55.0", "42.0", "48.0", "45.0"]
    assert [rows[2][f"ar-ru {p}"] for p in ("p", "p (Bonferroni)", "p (Holm)", "p (BH)")] == [
        "0.001", "0.002", "0.002", "0.002",
    ]  # fmt: skip
    assert (rows[2]["average p"], rows[0]["average p (Holm)"]) == ("0.0001", "")
    assert [row["reference"] for row in rows] == ["zero-shot", "", "zero-shot", ""]
    assert rows[0]["ar-ru"] == rows[1]["en-de p"] == rows[3]["en-de p"] == rows[3][DISTINCT] == ""
    assert rows[3]["ar-ru"] == "90.1"
    assert len(rows[0]) == 1 + 4 + 1 + 4 * 3


def test_the_order_of_cells_does_not_matter(table):
    assert to_csv(arrange(CELLS[::-1])) == to_csv(table)


def test_stray_twofold_and_lacking_cells_are_refused():
    for stray, said in (
        (cell("ml-cs", "en-de", 0.5, group="moir"), "moir/ml-cs/en-de is none"),
        (cell("other", "en-de", 0.5), "clir/other/en-de is none"),
        (cell("ml-cs", "en-it", 0.5), "clir/ml-cs/en-it is none"),
        (CELLS[1], "occurs twice"),
    ):
        with pytest.raises(ValueError, match=said):
            arrange([*CELLS, stray])
    with pytest.raises(ValueError, match="no cell of cosine"):
        arrange(CELLS, [*SYSTEMS, "cosine"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ceiling": 0.5}, "ceiling of en-de"),
        ({"queries": 299}, "queries of en-de"),
        ({"metric": "nDCG@10"}, "metric: found"),
    ],
)
def test_systems_are_compared_on_the_same_candidates_and_queries(change, said):
    with pytest.raises(ValueError, match=said):
        arrange([CELLS[1] | change, *CELLS[:1], *CELLS[2:]])


def test_pairs_may_have_queries_of_their_own():
    others = [cell | {"queries": 200} if cell["document_language"] == "ru" else cell for cell in CELLS]
    assert arrange(others).queries == [200, 300]


def test_what_cannot_exist_is_told_from_what_was_not_asked_for():
    table = arrange(CELLS, impossible={"bm25": ["ar-ru"]})
    frame = pd.read_csv(io.StringIO(to_csv(table)), dtype=str, keep_default_na=False, index_col="system")
    assert (frame.loc["bm25", "ar-ru"], frame.loc["bm25", AVERAGE]) == ("n/a", "")
    assert pd.read_csv(io.StringIO(to_csv(table)), index_col="system")["ar-ru"].isna().sum() == 1


def test_every_row_is_tested_against_its_own_reference():
    fast = cell("ml-cs-fast", "en-de", 0.5, versus={"zero-shot": versus(0.5), "zero-shot-fast": versus(0.01)})
    references = {**REFERENCES, "ml-cs-fast": "zero-shot-fast"}
    table = arrange([*CELLS, fast], [*SYSTEMS, "ml-cs-fast"], references)
    (row,) = table.tests[table.tests["system"] == "ml-cs-fast"].to_dict("records")
    assert (row["reference"], row["column"], row["p"]) == ("zero-shot-fast", "en-de", 0.01)
    assert table.pairs_tested["ml-cs-fast"] == 1
