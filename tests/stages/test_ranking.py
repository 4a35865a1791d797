"""The stages that write runs, on files."""

import numpy as np
import pandas as pd
import pytest

from switchrank.collections.mixing import side_languages
from switchrank.encoders.encodings import load
from switchrank.files import read_parquet, write_parquet
from switchrank.rankers.kernel import KernelConfig, KernelRanker
from switchrank.stages.kernel_ranking import rank_kernel
from switchrank.stages.ranking import pairs_to_score, rank_bm25, rank_cosine

PAIRS = ["en-en", "de-it", "xx6-ar"]
TEST = ["20", "21", "22", "23"]


@pytest.fixture
def runs(tmp_path):
    return {pair: tmp_path / f"{pair}.parquet" for pair in PAIRS}


def assert_covers(run, candidates):
    """The candidates of the test queries, each with a score, and nothing else."""
    chosen = read_parquet(candidates)
    expected = chosen.loc[chosen["query_id"].isin(TEST), ["query_id", "passage_id"]]
    assert run.columns.tolist() == ["query_id", "passage_id", "score"]
    assert run[["query_id", "passage_id"]].values.tolist() == expected.values.tolist()
    assert np.isfinite(run["score"]).all()


def test_cosine_of_the_pair_s_own_texts(corpus, candidates, encoded, runs):
    rank_cosine(encoded, corpus, candidates, runs)
    vectors = {own: load([path]) for own, path in encoded.items()}
    drawn = side_languages(pd.Index(TEST), "xx6", "query")
    assert drawn.nunique() > 1
    for pair, path in runs.items():
        run, (ours, theirs) = read_parquet(path), pair.split("-")
        assert_covers(run, candidates)
        for query, passage, score in run.itertuples(index=False):
            own = drawn[query] if ours == "xx6" else ours
            one = vectors[own].sentences[vectors[own].texts.index(f"red name{query} {own}")]
            other = vectors[theirs].sentences[vectors[theirs].texts.index(f"red, words{passage} {theirs}")]
            assert score == pytest.approx(one @ other, abs=1e-5)


def test_a_pair_has_the_same_run_alone_and_among_others(corpus, candidates, encoded, runs, tmp_path):
    rank_cosine(encoded, corpus, candidates, runs)
    needed = {own: encoded[own] for own in ("de", "it")}
    rank_cosine(needed, corpus, candidates, {"de-it": tmp_path / "alone.parquet"})
    assert (tmp_path / "alone.parquet").read_bytes() == runs["de-it"].read_bytes()


def test_a_model_scores_every_pair(corpus, candidates, encoded, runs, tmp_path):
    ranker = KernelRanker(
        KernelConfig(dimension=4, steps=0), load(list(encoded.values())), np.ones(50, "float32")
    )
    pairs = pd.DataFrame({"epoch": 0, "instance": 0, "label": [1, 0], "query": "red name01 en"})
    pairs["passage"] = ["red, words01 en", "red, words02 en"]
    ranker.fit(pairs, 1, tmp_path / "checkpoint", lambda: 0.0)
    ranker.save(tmp_path)
    rank_kernel(tmp_path, encoded, corpus, corpus, candidates, runs)
    for path in runs.values():
        assert_covers(read_parquet(path), candidates)


def test_texts_may_come_from_another_folder_than_ids_and_splits(corpus, candidates, tmp_path):
    """As for Translate Test."""
    for name in ("queries", "passages"):
        texts = read_parquet(corpus / "de" / f"{name}.parquet")
        brought = texts.assign(text="brought to English: " + texts["text"])
        write_parquet(tmp_path / "de" / f"{name}.parquet", brought)
    ((pair, asked),) = pairs_to_score(corpus, tmp_path, candidates, ["de"], ["de-de"])
    assert pair == "de-de" and set(asked["query_id"]) == set(TEST)
    assert (asked["query"] == "brought to English: red name" + asked["query_id"] + " de").all()
    assert (asked["passage"] == "brought to English: red, words" + asked["passage_id"] + " de").all()


def test_bm25_reranks_the_candidates_and_what_it_did_not_find_gets_0(corpus, candidates, tmp_path):
    found = pd.DataFrame(
        [("20", "20", 3.5), ("20", "00", 9.0), ("20", "07", 1.5), ("01", "05", 2.0)],
        columns=["query_id", "passage_id", "score"],
    )
    write_parquet(tmp_path / "de.parquet", found)
    rank_bm25({"de": tmp_path / "de.parquet"}, corpus, candidates, {"de-de": tmp_path / "run.parquet"})
    run = read_parquet(tmp_path / "run.parquet")
    assert_covers(run, candidates)  # without 00, which is no candidate
    scored = run[run["score"] != 0]
    assert scored.values.tolist() == [["20", "07", 1.5], ["20", "20", 3.5]]
