"""Every metric of a group's cells."""

import pytest

from switchrank.statistics.family import AVERAGE
from switchrank.statistics.metric_table import COLUMNS, metric_table


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
    assert list(table.columns) == COLUMNS
    assert table["system"].tolist() == ["zero"] * 2 + ["ml"] * 4
    assert table["column"].tolist() == ["en-de"] * 4 + [AVERAGE] * 2
    assert table["metric"].tolist() == ["MRR@10", "nDCG@10"] * 3
    row = table.iloc[3]
    assert row[["mean", "interval_low", "interval_high"]].tolist() == pytest.approx([55, 45, 65])
    assert row["reference"] == "zero"
    assert row[["difference", "difference_low", "difference_high"]].tolist() == pytest.approx([10, 0, 20])
    assert table.loc[[0, 1, 4, 5], ["reference", "difference"]].isna().all(axis=None)
