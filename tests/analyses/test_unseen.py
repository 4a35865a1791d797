"""Candidates that were seen in training, and measures without them."""

import pandas as pd
import pytest
import small_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from switchrank.analyses.unseen import candidates_by_split, measure_unseen, unseen
from switchrank.files import write_parquet
from switchrank.statistics.measures import measure_seeds, read


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return small_corpus.write_corpus(tmp_path_factory.mktemp("corpus"))


def test_candidates_are_counted_by_the_splits_of_queries_and_passages(corpus):
    # Every query has all passages but the first two: 14 of the training split, 4 of dev and 4 of test.
    shares = {"train": pytest.approx(14 / 22), "dev": pytest.approx(4 / 22), "test": pytest.approx(4 / 22)}
    assert candidates_by_split(small_corpus.candidates(), corpus) == {
        "train": {"candidates": 16 * 22, **shares},
        "dev": {"candidates": 4 * 22, **shares},
        "test": {"candidates": 4 * 22, **shares},
    }


def test_a_split_without_candidates_and_a_passage_without_a_split_are_no_mistake(corpus):
    rows = [("20", "03"), ("20", "unknown"), ("unknown", "03")]
    found = candidates_by_split(pd.DataFrame(rows, columns=["query_id", "passage_id"]), corpus)
    assert found == {"test": {"candidates": 2, "train": 0.5, "dev": 0.0, "test": 0.0}}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(small_corpus.IDS)))
def test_what_is_left_is_in_its_order_and_was_not_seen(corpus, passages):
    left = unseen(pd.DataFrame({"passage_id": passages}), corpus)
    assert left["passage_id"].tolist() == [i for i in passages if i >= "16"]


@pytest.fixture
def runs(tmp_path):
    """Two seeds, which put 4 and 2 passages that were seen in training before the relevant one."""
    candidates = small_corpus.candidates().drop(columns=["rank", "score"])
    candidates = candidates[candidates["query_id"] >= "20"]
    relevant = candidates["query_id"] == candidates["passage_id"]
    paths = {}
    for seed, before in ((1, 4), (2, 2)):
        first = candidates["passage_id"].isin(small_corpus.IDS[2 : 2 + before])
        paths[seed] = tmp_path / f"{seed}.parquet"
        write_parquet(paths[seed], candidates.assign(score=2.0 * first + 1.0 * relevant))
    return {"en-de": paths}


def measured(runs, corpus):
    pairs = {"en-de": small_corpus.pair("en-de")}
    return measure_unseen("ml-cs", runs, pairs, corpus, ["MRR@10", "Recall@3"])


def test_a_run_is_measured_without_what_was_seen(runs, corpus):
    found = measured(runs, corpus)
    assert list(found) == ["MRR@10", "Recall@3"]
    values = found["MRR@10"]["en-de"]
    assert (values.index.tolist(), values.columns.tolist()) == (small_corpus.TEST, [1, 2])
    assert (values == 1.0).all(axis=None)


def test_where_nothing_was_seen_nothing_changes(runs, corpus, tmp_path):
    whole = {seed: unseen(pd.read_parquet(path), corpus) for seed, path in runs["en-de"].items()}
    tidy = measure_seeds("ml-cs", "en-de", whole, corpus.qrels, small_corpus.TEST, ["MRR@10", "Recall@3"])
    write_parquet(tmp_path / "measures.parquet", tidy)
    expected = read({"en-de": tmp_path / "measures.parquet"}, ["MRR@10", "Recall@3"])
    for metric, by_pair in measured(runs, corpus).items():
        pd.testing.assert_frame_equal(by_pair["en-de"], expected[metric]["en-de"])
