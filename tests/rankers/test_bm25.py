"""BM25 as a ranker."""

import pandas as pd
import pytest

from switchrank.rankers.base import Resources
from switchrank.rankers.bm25 import BM25
from switchrank.registry import NoSettings

COLUMNS = ["query_id", "passage_id", "score"]


@pytest.fixture
def ranker():
    runs = {
        "de": pd.DataFrame([("20", "20", 3.5), ("20", "00", 9.0), ("20", "07", 1.5)], columns=COLUMNS),
        "it": pd.DataFrame([("20", "20", 2.0)], columns=COLUMNS),
    }
    return BM25(NoSettings(), Resources(corpus=None, bm25=runs))


@pytest.mark.parametrize(("language", "expected"), [("de", [1.5, 0, 3.5]), ("it", [0, 0, 2])])
def test_what_was_not_retrieved_gets_0(ranker, language, expected):
    asked = pd.DataFrame({"query_id": "20", "passage_id": ["07", "08", "20"]})
    asked = asked.assign(query_language=language, passage_language=language)
    assert ranker.score(asked).tolist() == expected


def test_of_no_candidates_there_are_no_scores(ranker):
    asked = pd.DataFrame(columns=["query_language", "query_id", "passage_language", "passage_id"], dtype=str)
    scores = ranker.score(asked)
    assert scores.shape == (0,) and scores.dtype == float
