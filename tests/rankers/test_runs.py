"""Runs of a ranker."""

import pandas as pd
import pytest
import small_corpus

from switchrank.rankers.base import Ranker, Resources
from switchrank.rankers.cosine import Cosine
from switchrank.registry import NoSettings
from switchrank.retrieval.candidates import candidates_on


@pytest.fixture
def corpus(tmp_path):
    return small_corpus.write_corpus(tmp_path / "corpus")


def run(corpus, ranker, name):
    pair = small_corpus.pair(name)
    return ranker.run("system", 3, name, candidates_on(small_corpus.candidates(), corpus, pair, "test"))


def cosine(corpus, folder, *languages):
    encodings = small_corpus.toy_encodings(corpus, folder, *languages)
    return Cosine(NoSettings(), Resources(corpus=corpus, encodings=encodings))


@pytest.mark.parametrize("name", ["en-en", "de-it", "xx6-ar"])
def test_all_candidates_of_the_test_queries_are_scored(corpus, tmp_path, name):
    candidates = small_corpus.candidates()
    expected = candidates.loc[candidates["query_id"].isin(small_corpus.TEST), ["query_id", "passage_id"]]
    frame = run(corpus, cosine(corpus, tmp_path), name)
    assert frame.columns.tolist() == ["system", "seed", "pair", "query_id", "passage_id", "score"]
    assert frame[["system", "seed", "pair"]].drop_duplicates().values.tolist() == [["system", 3, name]]
    assert frame[["query_id", "passage_id"]].values.tolist() == expected.values.tolist()
    assert frame["score"].between(-1, 1).all()


def test_a_run_does_not_depend_on_the_languages_that_are_encoded(corpus, tmp_path):
    whole, few = cosine(corpus, tmp_path), cosine(corpus, tmp_path / "few", ["de", "it"])
    pd.testing.assert_frame_equal(run(corpus, few, "de-it"), run(corpus, whole, "de-it"), check_exact=True)


def test_scores_have_five_decimals(corpus):
    class Third(Ranker):
        def score(self, candidates, view="collection"):
            return [1 / 3] * len(candidates)

    assert set(run(corpus, Third(NoSettings(), Resources(corpus=corpus)), "en-en")["score"]) == {0.33333}
