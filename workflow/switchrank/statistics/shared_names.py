"""Queries that code-switching and translation cannot change: names spelt alike in another language."""

import unicodedata

from switchrank.collections.base import Corpus
from switchrank.languages import Side


def shared_names(corpus: Corpus, side: Side, source_language: str) -> set[str]:
    """The queries on a side spelt as in the source language (but for case) although they are in another."""
    queries, sources = corpus.side("query", side), corpus.queries(source_language).to_dict()
    foreign = queries.loc[queries["language"] != source_language, "text"]
    return {
        query
        for query, text in foreign.items()
        if query in sources and _spelling(text) == _spelling(sources[query])
    }


def _spelling(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
