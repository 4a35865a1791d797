"""Queries spelt as in the source language."""

import pandas as pd

from switchrank.collections.base import Contents, Corpus
from switchrank.languages import Side, sides
from switchrank.statistics.shared_names import shared_names

TEXTS = {
    "fr": {"q0": "Robot", "q1": "caf\u00e9", "q2": "chat", "q3": "taxi"},
    "de": {"q0": "robot", "q1": "cafe\u0301", "q2": "Katze", "q4": "taxi"},
}


def test_case_and_composition_do_not_matter_and_the_source_language_shares_nothing(tmp_path):
    texts = {language: pd.Series(by_id) for language, by_id in TEXTS.items()}
    qrels = pd.DataFrame({"query_id": ["q0"], "passage_id": ["q0"], "relevance": 1})
    splits = pd.DataFrame({"side": ["query"], "id": ["q0"], "split": ["test"]})
    Contents(texts, texts, qrels, splits).write(tmp_path)
    corpus, known = Corpus.read(tmp_path), sides(["fr", "de"], {"both": ["fr", "de"]})
    assert shared_names(corpus, known["de"], "fr") == {"q0", "q1"}  # q4 is not there in French
    assert shared_names(corpus, known["fr"], "fr") == set()
    drawn = corpus.side_languages("query", known["both"])
    german = set(drawn.index[drawn == "de"])
    assert shared_names(corpus, known["both"], "fr") == {"q0", "q1"} & german
    assert shared_names(corpus, Side("fr", ("fr",)), "de") == {"q0", "q1"}
