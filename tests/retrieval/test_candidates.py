"""Candidates: nearest passages by cosine, and reciprocal rank fusion."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from switchrank.retrieval.candidates import dense, fuse

QUERIES, PASSAGES = ["q1", "q2", "q3"], [f"p{number}" for number in range(8)]
RANKINGS = st.fixed_dictionaries(
    {query: st.lists(st.sampled_from(PASSAGES), unique=True) for query in QUERIES}
)


def as_run(rankings):
    """A run in which each query has its passages in this order."""
    rows = [
        (query, passage, 10.0 - place)
        for query, passages in rankings.items()
        for place, passage in enumerate(passages)
    ]
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "score"])


def tops(runs, depth):
    """The pairs that stand in some run's top."""
    return {(query, p) for run in runs for query, passages in run.items() for p in passages[:depth]}


def pairs(frame):
    return list(zip(frame["query_id"], frame["passage_id"], strict=True))


def test_reciprocal_rank_fusion_by_hand():
    first, second = as_run({"q1": ["a", "b", "c"], "q2": ["x"]}), as_run({"q1": ["c", "d"]})
    fused = fuse([first, second], depth=3)
    assert fused.columns.tolist() == ["query_id", "passage_id", "rank", "score"]
    # c is third and first, a first, b and d second.
    assert pairs(fused) == [("q1", "c"), ("q1", "a"), ("q1", "b"), ("q1", "d"), ("q2", "x")]
    assert fused["rank"].tolist() == [1, 2, 3, 4, 1]
    assert fused["score"].tolist() == pytest.approx([1 / 63 + 1 / 61, 1 / 61, 1 / 62, 1 / 62, 1 / 61])


def test_only_the_top_of_each_run_counts():
    first, second = as_run({"q1": ["a", "b", "c"]}), as_run({"q1": ["d", "e", "a"]})
    fused = fuse([first, second], depth=2)
    assert pairs(fused) == [("q1", "a"), ("q1", "d"), ("q1", "b"), ("q1", "e")]
    assert fused["score"].tolist() == pytest.approx([1 / 61, 1 / 61, 1 / 62, 1 / 62])


def test_ties_go_by_passage_id():
    fused = fuse([as_run({"q1": ["b"]}), as_run({"q1": ["a"]}), as_run({"q1": ["c"]})], depth=1)
    assert fused["passage_id"].tolist() == ["a", "b", "c"]


def test_scores_of_a_run_do_not_matter_but_for_their_order():
    run = as_run({"q1": ["b", "a"]})
    pd.testing.assert_frame_equal(fuse([run], 5), fuse([run.assign(score=[0.2, -7.0])], 5))


@settings(max_examples=25)
@given(st.lists(RANKINGS, min_size=1, max_size=2), st.integers(1, 9))
def test_candidates_are_the_union_of_the_tops_and_nothing_else(runs, depth):
    """No relevant passage that the runs missed can come in: nobody tells which one it is."""
    fused = fuse([as_run(run) for run in runs], depth)
    assert sorted(pairs(fused)) == sorted(tops(runs, depth))
    for _, own in fused.groupby("query_id"):
        assert own["rank"].tolist() == list(range(1, len(own) + 1))
        order = list(zip(-own["score"], own["passage_id"], strict=True))
        assert order == sorted(order)
    assert fused["query_id"].is_monotonic_increasing


@settings(max_examples=25)
@given(RANKINGS, RANKINGS, st.integers(1, 9))
def test_the_order_of_the_runs_does_not_matter(one, other, depth):
    one, other = as_run(one), as_run(other)
    pd.testing.assert_frame_equal(fuse([one, other], depth), fuse([other, one], depth))


@settings(max_examples=25)
@given(RANKINGS, st.permutations(QUERIES))
def test_the_order_of_the_queries_does_not_matter(rankings, order):
    turned = {query: rankings[query] for query in order}
    pd.testing.assert_frame_equal(fuse([as_run(rankings)], 4), fuse([as_run(turned)], 4))


VECTORS = np.array([[1, 0], [0.6, 0.8], [0, 1], [-1, 0]], dtype=np.float32)


def test_dense_by_hand():
    found = dense(["q2", "q1"], VECTORS[[2, 0]], ["a", "b", "c", "d"], VECTORS, depth=3)
    assert pairs(found) == [(q, p) for q, passages in (("q2", "cba"), ("q1", "abc")) for p in passages]
    assert found["score"].tolist() == pytest.approx([1, 0.8, 0, 1, 0.6, 0])


def test_dense_gives_no_more_than_there_is():
    found = dense(["q"], VECTORS[:1], ["a", "b"], VECTORS[:2], depth=5)
    assert found["passage_id"].tolist() == ["a", "b"]


@settings(max_examples=25)
@given(st.permutations(range(4)))
def test_dense_does_not_depend_on_the_order_of_the_passages(order):
    ids = np.array(["a", "b", "c", "d"])
    found = dense(["q"], VECTORS[1:2], ids[order].tolist(), VECTORS[order], depth=4)
    assert found["passage_id"].tolist() == ["b", "c", "a", "d"]


def test_dense_ties_go_by_passage_id():
    found = dense(["q"], VECTORS[:1], ["c", "a", "b"], VECTORS[[1, 1, 1]], depth=2)
    assert found["passage_id"].tolist() == ["a", "b"]


def test_the_same_vector_has_the_same_cosine_wherever_it_stands():
    vectors = np.random.default_rng(0).normal(size=(20, 512)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [f"p{place:03}" for place in range(101)]
    for query in vectors[1:]:
        found = dense(["q"], query[None], ids, np.tile(vectors[:1], (len(ids), 1)), depth=len(ids))
        assert found["passage_id"].tolist() == ids
