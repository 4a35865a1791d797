"""Runs on files."""

import pytest
import small_corpus

from switchrank.files import read_parquet
from switchrank.rankers.base import Ranker, Resources
from switchrank.rankers.cosine import Cosine
from switchrank.rankers.stages import write_runs
from switchrank.registry import NoSettings

PAIRS = {name: small_corpus.pair(name) for name in ("en-en", "de-it", "xx6-ar")}


@pytest.fixture
def corpus(tmp_path):
    return small_corpus.write_corpus(tmp_path / "corpus")


def rank(corpus, ranker, folder, names):
    runs = {name: folder / f"{name}.parquet" for name in names}
    write_runs(ranker, "system", 0, small_corpus.candidates(), corpus, PAIRS, runs)
    return runs


def test_all_candidates_of_the_test_queries_are_scored_on_every_pair(corpus, tmp_path):
    ranker = Cosine(
        NoSettings(), Resources(corpus=corpus, encodings=small_corpus.toy_encodings(corpus, tmp_path))
    )
    candidates = small_corpus.candidates()
    expected = candidates.loc[candidates["query_id"].isin(small_corpus.TEST), ["query_id", "passage_id"]]
    for path in rank(corpus, ranker, tmp_path, PAIRS).values():
        run = read_parquet(path)
        assert run[["query_id", "passage_id"]].values.tolist() == expected.values.tolist()
        assert run["score"].between(-1, 1).all()


def test_a_pair_has_the_same_run_alone_and_among_others(corpus, tmp_path):
    encodings = small_corpus.toy_encodings(corpus, tmp_path)
    runs = rank(corpus, Cosine(NoSettings(), Resources(corpus=corpus, encodings=encodings)), tmp_path, PAIRS)
    few = small_corpus.toy_encodings(corpus, tmp_path / "few", ["de", "it"])
    ranker = Cosine(NoSettings(), Resources(corpus=corpus, encodings=few))
    alone = rank(corpus, ranker, tmp_path / "alone", ["de-it"])
    assert alone["de-it"].read_bytes() == runs["de-it"].read_bytes()


def test_scores_have_five_decimals(corpus, tmp_path):
    class Third(Ranker):
        def score(self, asked, view="collection"):
            return [1 / 3] * len(asked)

    runs = rank(corpus, Third(NoSettings(), Resources(corpus=corpus)), tmp_path, ["en-en"])
    assert set(read_parquet(runs["en-en"])["score"]) == {0.33333}
