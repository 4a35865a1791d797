"""All cells as rows."""

from small_cells import versus

from switchrank.files import read_parquet, write_parquet
from switchrank.statistics.all_cells import all_cells

CELL = {
    "system": "ml-cs",
    "metric": "MRR@10",
    "mean": 0.5,
    "per_seed": {"1": 0.4, "2": 0.6},
    "interval": [0.3, 0.7],
    "distinct": {"queries": 9, "mean": 0.5},
    "versus": {"zero-shot": versus(0.04)},
    "metrics": {"nDCG@10": {"mean": 0.6, "interval": [0.5, 0.7], "versus": {}}},
    "provenance": {"ranker": "kernel"},
}


def test_a_row_for_each_cell_with_what_differs_from_cell_to_cell_as_records(tmp_path):
    cells = {"ml-cs": {"en-de": CELL, "clir": {**CELL, "pairs": 2, "versus": {}, "metrics": {}}}}
    write_parquet(tmp_path / "cells.parquet", all_cells(cells))
    pair, group = read_parquet(tmp_path / "cells.parquet").to_dict("records")
    assert (pair["name"], group["name"], group["pairs"]) == ("en-de", "clir", 2)
    assert (pair["interval.low"], pair["interval.high"]) == (0.3, 0.7)
    assert (pair["distinct.mean"], pair["provenance.ranker"]) == (0.5, "kernel")
    assert list(pair["per_seed"]) == [{"seed": 1, "mean": 0.4}, {"seed": 2, "mean": 0.6}]
    (versus,) = pair["versus"]
    assert (versus["system"], versus["p"], versus["interval.high"]) == ("zero-shot", 0.04, 0.05)
    assert versus["standard_error.queries"] == 0.01
    nothing, metrics = list(group["metrics"]), list(pair["metrics"])
    assert metrics == [{"metric": "nDCG@10", "mean": 0.6, "interval.low": 0.5, "interval.high": 0.7}]
    assert nothing == list(group["versus"]) == []
