"""The stage that chooses candidates, on files."""

import pandas as pd
import pytest

from switchrank.files import read_parquet, write_parquet
from switchrank.stages.candidates import choose_candidates


@pytest.fixture
def found(tmp_path):
    """A BM25 run that never finds the passage asked for."""
    rows = [
        (f"{query:02}", f"{(query + step) % 24:02}", 9.0 - step) for query in range(24) for step in (1, 2, 3)
    ]
    path = tmp_path / "bm25.parquet"
    write_parquet(path, pd.DataFrame(rows, columns=["query_id", "passage_id", "score"]))
    return path


def test_bm25_alone_needs_no_encodings_and_misses_what_it_misses(corpus, found, tmp_path):
    choose_candidates(found, [], corpus, {"method": "bm25", "depth": 2}, tmp_path / "c.parquet")
    chosen = read_parquet(tmp_path / "c.parquet")
    assert chosen.columns.tolist() == ["query_id", "passage_id", "rank", "score"]
    assert chosen.loc[chosen["query_id"] == "05", "passage_id"].tolist() == ["06", "07"]
    assert len(chosen) == 48 and not (chosen["query_id"] == chosen["passage_id"]).any()


def test_fused_unites_bm25_and_the_frozen_cosine(corpus, found, encoded, tmp_path):
    choose_candidates(found, [encoded["en"]], corpus, {"method": "fused", "depth": 2}, tmp_path / "c.parquet")
    chosen = read_parquet(tmp_path / "c.parquet")
    sizes = chosen.groupby("query_id").size()
    assert sizes.between(2, 4).all() and len(sizes) == 24
    assert (chosen["query_id"] == chosen["passage_id"]).sum() == 24  # the cosine finds them all here
