"""Measures as tidy files."""

import pandas as pd
import pytest

from switchrank.errors import UserError
from switchrank.files import write_parquet
from switchrank.statistics.measures import measure_seeds, read

METRICS = ["MRR@10", "Recall@1"]
QRELS = pd.DataFrame({"query_id": ["q1", "q2"], "passage_id": ["p1", "p1"], "relevance": 1})


def run_of(best):
    scores = {passage: float(passage == best) for passage in ("p1", "p2")}
    rows = [(query, passage, score) for query in ("q1", "q2") for passage, score in scores.items()]
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "score"])


@pytest.fixture
def tidy():
    return measure_seeds("ml-cs", "en-de", {10: run_of("p2"), 2: run_of("p1")}, QRELS, ["q1", "q2"], METRICS)


@pytest.fixture
def path(tidy, tmp_path):
    write_parquet(tmp_path / "measures.parquet", tidy)
    return tmp_path / "measures.parquet"


def test_rows_say_what_they_are_and_come_by_metric_seed_and_query(tidy):
    assert list(tidy.columns) == ["system", "seed", "pair", "query_id", "metric", "value"]
    assert tidy["metric"].tolist() == ["MRR@10"] * 4 + ["Recall@1"] * 4
    assert tidy["seed"].tolist() == [2, 2, 10, 10] * 2
    assert tidy["query_id"].tolist() == ["q1", "q2"] * 4
    assert tidy["value"].tolist() == [1.0, 1.0, 0.5, 0.5, 1.0, 1.0, 0.0, 0.0]
    assert set(tidy["system"]) == {"ml-cs"} and set(tidy["pair"]) == {"en-de"}


def test_what_is_read_has_a_column_for_each_seed(path):
    several = read({"en-de": path}, METRICS)
    assert list(several) == METRICS
    frame = several["MRR@10"]["en-de"]
    assert frame.columns.tolist() == [2, 10]
    assert frame.index.name == "query_id" and frame.index.tolist() == ["q1", "q2"]
    assert frame[10].tolist() == [0.5, 0.5]
    assert several["Recall@1"]["en-de"].to_numpy().tolist() == [[1.0, 0.0], [1.0, 0.0]]
    pd.testing.assert_frame_equal(read({"en-de": path}, ["MRR@10"])["MRR@10"]["en-de"], frame)


def test_a_metric_that_a_file_lacks_is_named(path):
    with pytest.raises(UserError, match=r"found MRR@10, Recall@1, expected the metric nDCG@10"):
        read({"en-de": path}, ["nDCG@10"])
