"""The stage that writes cells, on files."""

import shutil

import pytest

from switchrank.files import read_json, read_parquet, write_parquet
from switchrank.stages.measures import measure
from switchrank.stages.results import make_cells

GROUPS = {"moir": ["en-en", "de-de"], "clir": ["de-it", "it-de"]}
PAIRS = ["en-en", "de-de", "de-it"]  # not all of clir


def write_runs(candidates, folder, place):
    """Runs in which each query's relevant passage stands at this place."""
    asked = read_parquet(candidates)[["query_id", "passage_id"]]
    score = -asked.groupby("query_id").cumcount().astype(float)
    score[asked["query_id"] == asked["passage_id"]] = -(place - 1.5)
    paths = {pair: folder / f"{pair}.parquet" for pair in PAIRS}
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
    of_seeds = {"ml-cs": {1: 1, 2: 2}, "zero-shot": {1: 5}}  # system → seed → place
    measures = {}
    for system, places in of_seeds.items():
        folder = tmp_path / system
        runs = {str(seed): write_runs(candidates, folder / f"seed{seed}", p) for seed, p in places.items()}
        measures[system] = {pair: folder / f"{pair}.parquet" for pair in PAIRS}
        measure(runs, own, measures[system])
    paths = {name: tmp_path / "cells" / f"{name}.json" for name in [*PAIRS, "moir"]}
    ours, references = measures["ml-cs"], {"zero-shot": measures["zero-shot"]}
    make_cells("ml-cs", ours, references, own, candidates, GROUPS, {"rebuild": "cells"}, paths)
    return {name: read_json(path) for name, path in paths.items()}


def test_a_cell_for_each_pair_and_for_the_average_asked_for(cells):
    groups = {name: cell["group"] for name, cell in cells.items()}
    assert groups == {"en-en": "moir", "de-de": "moir", "de-it": "clir", "moir": "moir"}
    for name, cell in cells.items():
        assert cell["per_seed"] == {"1": 1.0, "2": 0.5} and cell["mean"] == 0.75
        assert (cell["queries"], cell["ceiling"]) == (4, 1.0)
        assert cell["provenance"] == {"rebuild": f"cells/{name}.json"}
        assert cell["versus"]["zero-shot"]["difference"] == pytest.approx(0.55)
        # Queries do not differ, the two seeds do: .5 apart, so that the mean's standard error is .25.
        assert cell["standard_error"] == {"queries": 0.0, "seeds": pytest.approx(0.25)}
    assert cells["moir"]["pairs"] == 2


def test_names_spelt_as_in_english_are_left_out_of_the_distinct_average(cells):
    distinct = {name: cells[name]["distinct"]["queries"] for name in PAIRS}
    assert distinct == {"en-en": 4, "de-de": 3, "de-it": 3}
