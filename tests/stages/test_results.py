"""The stage that writes cells, on files."""

import shutil

import pytest

from switchrank.files import read_json, read_parquet, write_parquet
from switchrank.stages.results import make_cells

GROUPS = {"en-en": "moir", "de-de": "moir", "de-it": "clir"}


def write_runs(candidates, folder, place):
    """Runs in which each query's relevant passage stands at this place."""
    asked = read_parquet(candidates)[["query_id", "passage_id"]]
    score = -asked.groupby("query_id").cumcount().astype(float)
    score[asked["query_id"] == asked["passage_id"]] = -(place - 1.5)
    paths = {pair: folder / f"{pair}.parquet" for pair in GROUPS}
    for path in paths.values():
        write_parquet(path, asked.assign(score=score))
    return paths


@pytest.fixture
def cells(corpus, candidates, tmp_path):
    """Cells of a system of two seeds that puts the relevant passage first and second, a reference fifth.

    One German name is spelt as in English.
    """
    own = shutil.copytree(corpus, tmp_path / "corpus")
    queries = read_parquet(own / "de" / "queries.parquet")
    queries.loc[queries["query_id"] == "22", "text"] = "RED name22 en"
    write_parquet(own / "de" / "queries.parquet", queries)
    runs = {str(seed): write_runs(candidates, tmp_path / f"seed{seed}", seed) for seed in (1, 2)}
    references = {"zero-shot": {"1": write_runs(candidates, tmp_path / "reference", 5)}}
    paths = {name: tmp_path / "cells" / f"{name}.json" for name in [*GROUPS, "moir"]}
    make_cells("ml-cs", runs, references, own, candidates, GROUPS, {"digest": "d"}, paths)
    return {name: read_json(path) for name, path in paths.items()}


def test_a_cell_for_each_pair_and_for_the_average_asked_for(cells):
    assert {name: cell["group"] for name, cell in cells.items()} == GROUPS | {"moir": "moir"}
    for cell in cells.values():
        assert cell["per_seed"] == {"1": 1.0, "2": 0.5} and cell["mean"] == 0.75
        assert (cell["queries"], cell["ceiling"], cell["provenance"]) == (4, 1.0, {"digest": "d"})
        assert cell["versus"]["zero-shot"]["difference"] == pytest.approx(0.55)
    assert cells["moir"]["pairs"] == 2


def test_names_spelt_as_in_english_are_left_out_of_the_distinct_average(cells):
    distinct = {name: cells[name]["distinct"]["queries"] for name in GROUPS}
    assert distinct == {"en-en": 4, "de-de": 3, "de-it": 3}
