"""The frozen encoder as a ranker."""

import pandas as pd
import pytest
import small_corpus

from switchrank.rankers.base import Resources
from switchrank.rankers.cosine import Cosine
from switchrank.registry import NoSettings


def test_the_cosine_of_each_item_s_own_vector(tmp_path):
    corpus = small_corpus.write_corpus(tmp_path / "corpus")
    resources = Resources(corpus=corpus, encodings=small_corpus.toy_encodings(corpus, tmp_path))
    rows = [("de", "20", "it", "03"), ("ar", "21", "en", "21")]
    columns = ["query_language", "query_id", "passage_language", "passage_id"]
    scores = Cosine(NoSettings(), resources).score(pd.DataFrame(rows, columns=columns))
    for score, (query_language, query, passage_language, passage) in zip(scores, rows, strict=True):
        texts = small_corpus.query(query, query_language), small_corpus.passage(passage, passage_language)
        left, right = small_corpus.ToyEncoder().encode(texts)
        assert score == pytest.approx(left @ right, abs=1e-6)
