"""Candidates: nearest passages by cosine, reciprocal rank fusion, and those that a pair has."""

import numpy as np
import pandas as pd
import pytest
import small_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.retrieval.candidates import candidates_in_turn, candidates_on, choose, dense, fuse

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


@pytest.fixture
def corpus(tmp_path):
    return small_corpus.write_corpus(tmp_path / "corpus")


@pytest.fixture
def bm25():
    """A BM25 run that never finds the passage asked for."""
    rows = [
        (f"{query:02}", f"{(query + step) % 24:02}", 9.0 - step) for query in range(24) for step in (1, 2, 3)
    ]
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "score"])


def test_bm25_alone_needs_no_encodings_and_misses_what_it_misses(corpus, bm25):
    chosen = choose(corpus, {"method": "bm25", "depth": 2}, "en", bm25)
    assert chosen.columns.tolist() == ["query_id", "passage_id", "rank", "score"]
    assert chosen.loc[chosen["query_id"] == "05", "passage_id"].tolist() == ["06", "07"]
    assert len(chosen) == 48 and not (chosen["query_id"] == chosen["passage_id"]).any()


def test_fused_unites_bm25_and_the_frozen_cosine(corpus, bm25, tmp_path):
    encodings = small_corpus.toy_encodings(corpus, tmp_path, ["it"])
    chosen = choose(corpus, {"method": "fused", "depth": 2}, "it", bm25, encodings)
    sizes = chosen.groupby("query_id").size()
    assert sizes.between(2, 4).all() and len(sizes) == 24
    assert (chosen["query_id"] == chosen["passage_id"]).sum() == 24  # the cosine finds them all here


def test_given_candidates_are_taken_as_they_are(tmp_path):
    given = small_corpus.candidates().assign(pair="de-it")
    corpus = small_corpus.write_corpus(tmp_path, candidates=given)
    pd.testing.assert_frame_equal(choose(corpus, {"method": "given"}, "en"), given, check_dtype=False)


def test_candidates_on_a_pair_are_those_of_a_split_with_the_languages_of_the_pair(corpus):
    candidates = small_corpus.candidates()
    frame = candidates_on(candidates, corpus, small_corpus.pair("ar-xx6"), "dev")
    kept = candidates[candidates["query_id"].isin(corpus.ids("query", "dev"))]
    assert pairs(frame) == pairs(kept)
    assert (frame["query_language"] == "ar").all()
    drawn = corpus.side_languages("passage", small_corpus.SIDES["xx6"])
    assert frame["passage_language"].tolist() == drawn.loc[frame["passage_id"]].tolist()
    assert frame["passage_language"].nunique() > 1


def test_what_a_side_lacks_is_left_out(tmp_path):
    corpus = small_corpus.write_corpus(tmp_path, lacking={"de": ["20"], "it": ["05", "20"]})
    frame = candidates_on(small_corpus.candidates(), corpus, small_corpus.pair("de-it"), "test")
    assert set(frame["query_id"]) == {"21", "22", "23"}
    assert set(frame["passage_id"]) == set(small_corpus.IDS[2:]) - {"05", "20"}


def test_candidates_that_differ_by_pair_count_on_their_pair_only(corpus):
    whole = small_corpus.candidates()
    both = pd.concat([whole.assign(pair="de-it"), whole[:100].assign(pair="it-de")])
    of_pair = candidates_on(both, corpus, small_corpus.pair("de-it"), "test")
    pd.testing.assert_frame_equal(of_pair, candidates_on(whole, corpus, small_corpus.pair("de-it"), "test"))
    with pytest.raises(UserError, match="found none for the test queries of en-en, expected some"):
        candidates_on(both, corpus, small_corpus.pair("en-en"), "test")


def test_on_a_mixed_side_an_item_has_the_candidates_of_the_pair_that_its_language_makes(corpus):
    whole = small_corpus.candidates()
    pair = small_corpus.pair("de-xx6")
    every = pd.concat([whole.assign(pair=name) for name in pair.names])
    expected = candidates_on(whole, corpus, pair, "test")
    frame = candidates_on(every, corpus, pair, "test")
    keys = ["query_id", "passage_id"]
    pd.testing.assert_frame_equal(
        frame.sort_values(keys, ignore_index=True), expected.sort_values(keys, ignore_index=True)
    )


@pytest.mark.parametrize(
    "names", [["de-it"], ["de-it", "en-en"], ["ar-xx6", "en-en", "ru-nl", "nl-nl", "it-it"]]
)
def test_pairs_are_taken_in_turn_by_each_query(corpus, names):
    candidates, queries = small_corpus.candidates(), corpus.ids("query", "dev")
    frame = candidates_in_turn(candidates, corpus, [small_corpus.pair(name) for name in names], "dev")
    whole = candidates_on(candidates, corpus, small_corpus.pair("en-en"), "dev")
    assert sorted(pairs(frame)) == sorted(pairs(whole))  # each query once, with all its candidates
    for number, name in enumerate(names):
        own = frame[frame["query_id"].isin(queries[number :: len(names)])]
        of_pair = candidates_on(candidates, corpus, small_corpus.pair(name), "dev")
        expected = of_pair[of_pair["query_id"].isin(queries[number :: len(names)])]
        pd.testing.assert_frame_equal(own.reset_index(drop=True), expected.reset_index(drop=True))


def test_a_query_without_candidates_on_its_pair_is_left_out(tmp_path):
    corpus = small_corpus.write_corpus(tmp_path, lacking={"de": ["17"]})
    both = [small_corpus.pair(name) for name in ("en-en", "de-it")]
    frame = candidates_in_turn(small_corpus.candidates(), corpus, both, "dev")
    assert frame["query_id"].unique().tolist() == ["16", "18", "19"]
    assert frame.groupby("query_id")["query_language"].unique().str.join(" ").tolist() == ["en", "en", "de"]
