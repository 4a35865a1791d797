"""Token overlap of query and passage against score and relevance."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from switchrank.analyses.overlap import overlap_of_runs, token_overlap

TOKENS = st.lists(st.integers(0, 8), max_size=8).map(np.array)


@given(TOKENS, st.lists(TOKENS, min_size=1, max_size=4))
def test_overlap_is_the_share_of_the_querys_different_tokens(query, passages):
    found = token_overlap(query, passages)
    for value, passage in zip(found, passages, strict=True):
        own = set(query.tolist())
        assert value == (len(own & set(passage.tolist())) / len(own) if own else 0)


@pytest.fixture
def rows():
    """Two queries with 20 passages each, the first of each relevant; their overlap."""
    generator = np.random.default_rng(1)
    frame = pd.DataFrame(
        {"query_id": np.repeat(["a", "b"], 20), "passage_id": [f"p{i:02}" for i in range(20)] * 2}
    )
    overlap = pd.Series(generator.choice([0, 0.25, 0.5, 1], 40))
    relevant = pd.Series(frame["passage_id"] == "p00")
    return frame, overlap, relevant


def test_the_correlation_is_spearmans_over_what_is_not_relevant(rows):
    frame, overlap, relevant = rows
    generator = np.random.default_rng(2)
    runs = {seed: frame.assign(score=overlap + generator.normal(size=40)) for seed in ("1", "2")}
    found = overlap_of_runs(runs, overlap, relevant).set_index("query_id")
    for query, own in found.iterrows():
        kept = (frame["query_id"] == query) & ~relevant
        expected = [stats.spearmanr(overlap[kept], run["score"][kept]).statistic for run in runs.values()]
        assert own["correlation"] == pytest.approx(np.mean(expected))
        assert own["overlap_relevant"] == overlap[(frame["query_id"] == query) & relevant].item()


def test_a_ranker_that_goes_by_overlap_has_it_all_on_top(rows):
    frame, overlap, relevant = rows
    found = overlap_of_runs({"1": frame.assign(score=overlap)}, overlap, relevant)
    assert found["correlation"].tolist() == pytest.approx([1, 1])
    assert (found["overlap_top10"] > found["overlap_rest"]).all()


def test_where_all_overlaps_are_alike_there_is_no_correlation(rows):
    frame, overlap, relevant = rows
    run = {"1": frame.assign(score=np.arange(40.0))}
    found = overlap_of_runs(run, pd.Series(0.5, overlap.index), relevant)
    assert found["correlation"].isna().all() and (found["overlap_top10"] == 0.5).all()
