"""All cells, and every metric of theirs, as rows."""

import pytest
from small_cells import versus

from switchrank.files import read_parquet, write_parquet
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.rows import METRIC_COLUMNS, all_cells, metric_table

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
    assert (versus["standard_error.queries"], versus["detectable"]) == (0.01, 0.04)
    nothing, metrics = list(group["metrics"]), list(pair["metrics"])
    assert metrics == [{"metric": "nDCG@10", "mean": 0.6, "interval.low": 0.5, "interval.high": 0.7}]
    assert nothing == list(group["versus"]) == []


def figures(mean, **versus):
    return {
        "mean": mean,
        "interval": [mean - 0.1, mean + 0.1],
        "versus": {system: {"difference": d, "interval": [d - 0.1, d + 0.1]} for system, d in versus.items()},
    }


def cell(mean, **versus):
    return {
        "metric": "MRR@10",
        **figures(mean, **versus),
        "metrics": {"nDCG@10": figures(mean + 0.05, **versus)},
    }


def test_a_row_for_each_cell_and_metric_the_leading_one_first():
    cells = {
        "zero": {"en-de": cell(0.4)},
        "ml": {"en-de": cell(0.5, zero=0.1, other=0.3), "clir": {**cell(0.6, other=0.3), "pairs": 1}},
    }
    table = metric_table(cells, {"ml": "zero", "zero": None})
    assert list(table.columns) == METRIC_COLUMNS
    assert table["system"].tolist() == ["zero"] * 2 + ["ml"] * 4
    assert table["column"].tolist() == ["en-de"] * 4 + [AVERAGE] * 2
    assert table["metric"].tolist() == ["MRR@10", "nDCG@10"] * 3
    row = table.iloc[3]
    assert row[["mean", "interval_low", "interval_high"]].tolist() == pytest.approx([55, 45, 65])
    assert row["reference"] == "zero"
    assert row[["difference", "difference_low", "difference_high"]].tolist() == pytest.approx([10, 0, 20])
    assert table.loc[[0, 1, 4, 5], ["reference", "difference"]].isna().all(axis=None)
