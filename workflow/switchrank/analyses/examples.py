"""Examples: what a system does to single queries, chosen by rule and not by hand."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from switchrank.tasks.ranking import ranking, reciprocal_ranks
from switchrank.text.stop_words import STOP_WORDS
from switchrank.text.words import normalize, words

RULE = (
    "on each pair, the query whose reciprocal rank rose most and the one whose fell most; of equals the "
    "first by id"
)
_SHOWN = 5


def choose(run: pd.DataFrame, reference: pd.DataFrame, qrels: pd.DataFrame, queries: list[str]) -> list[str]:
    """The queries to show for a pair, as RULE says; none where nothing rose or fell.

    Args:
        run, reference: columns query_id, passage_id, score.
        qrels: columns query_id, passage_id, relevance.
        queries: the test queries.
    """
    after, before = (reciprocal_ranks(one, qrels, sorted(queries)) for one in (run, reference))
    changed = after - before
    rose, fell = changed.idxmax(), changed.idxmin()
    return [query for query, much in ((rose, changed[rose] > 0), (fell, changed[fell] < 0)) if much]


def example(
    query: str,
    run: pd.DataFrame,
    reference: pd.DataFrame,
    relevant: str,
    texts: Mapping[str, Mapping[str, str]],
    languages: Mapping[str, str],
) -> dict[str, Any]:
    """A query with its candidates before and after.

    Args:
        query: id.
        run, reference: the runs of the system and of the one it is compared with.
        relevant: id of the relevant passage.
        texts: query, passage: text by id in the pair's languages; english_query, english_passage: in English.
        languages: of the passages, by id.

    Returns:
        query_id, query, english_query; relevant, english_relevant; before, after: the five best ranked by the
        reference and the system: passage_id, text, english, language, relevant; rank_before, rank_after of
        the relevant passage, None if it is no candidate.
    """
    before, after = (ranking(one[one["query_id"] == query]) for one in (reference, run))

    def best(ranked: pd.DataFrame) -> list[dict[str, Any]]:
        return [
            {
                "passage_id": passage,
                "text": texts["passage"][passage],
                "english": texts["english_passage"][passage],
                "language": languages[passage],
                "relevant": passage == relevant,
            }
            for passage in ranked["passage_id"].head(_SHOWN)
        ]

    return {
        "query_id": query,
        "query": texts["query"][query],
        "english_query": texts["english_query"][query],
        "relevant": texts["passage"][relevant],
        "english_relevant": texts["english_passage"][relevant],
        "before": best(before),
        "after": best(after),
        "rank_before": _rank(before, relevant),
        "rank_after": _rank(after, relevant),
    }


def related(texts: Sequence[str], training: Mapping[str, str]) -> str:
    """The id of a training text that shares a word with the first of some texts, or with the next, and so on.

    Of several the first by id; the first of all if there is none. Stop words do not count.
    """
    words_of = {i: _words(training[i]) for i in sorted(training)}
    for text in texts:
        own = _words(text)
        if shared := next((i for i, theirs in words_of.items() if own & theirs), None):
            return shared
    return min(training)


def _words(text: str) -> set[str]:
    return set(map(normalize, words(text))) - STOP_WORDS


def _rank(ranked: pd.DataFrame, relevant: str) -> int | None:
    found = ranked.loc[ranked["passage_id"] == relevant, "rank"]
    return int(found.iloc[0]) if len(found) else None
