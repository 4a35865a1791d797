"""Passages without the words that their query has too.

A ranker that scores such words high need not rely on them, as relevant passages have more of them than
others. So they are taken out where a trained model ranks. A passage that loses words for one query is whole
for another: a masked one is an item of its own, called by the ids of both.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.collections.ids import joint_id
from switchrank.text.normalisation import folded, single_blanks
from switchrank.text.terms import term_spans


@dataclass(frozen=True)
class Masked:
    """What is ranked instead of a pair's passages in a language."""

    queries: pd.Series  # those in this language, as they are: text by id
    passages: pd.Series  # of those that share a word with a query: text by joint_id, sorted
    stats: dict[str, Any]  # candidates, masked (how many of them), share_masked, emptied (nothing is left)


def mask_shared(candidates: pd.DataFrame, corpus: Corpus, language: str) -> Masked:
    """Mask the passages in a language among the candidates of a pair (see candidates_on).

    Words are terms, each of the language of its side; they are the same if they are `folded` to the same.
    """
    asked = candidates.loc[candidates["query_language"] == language, "query_id"]
    rows = candidates[candidates["passage_language"] == language]
    texts = corpus.passages(language, sorted(set(rows["passage_id"])))
    words = {passage: words_of(text, language) for passage, text in texts.items()}
    masked = {}
    for (own, query), passages in rows.groupby(["query_language", "query_id"])["passage_id"]:
        (text,) = corpus.texts("query", own, [query])
        of_query = words_of(text, own)
        for passage in passages:
            if not of_query.isdisjoint(words[passage]):
                masked[joint_id(query, passage)] = without(texts[passage], language, of_query)
    ids = pd.Index(sorted(masked), dtype="str")
    passages = pd.Series([masked[i] for i in ids], ids, "str")
    stats = {
        "candidates": len(rows),
        "masked": len(passages),
        "share_masked": len(passages) / max(1, len(rows)),
        "emptied": int((passages == "").sum()),
    }
    return Masked(corpus.texts("query", language, sorted(set(asked))), passages, stats)


def words_of(text: str, language: str) -> frozenset[str]:
    """The words of a text as they are compared."""
    return frozenset(folded(text[start:end], language) for start, end in term_spans(text, language))


def without(text: str, language: str, words: Collection[str]) -> str:
    """A text without some words (folded), with single blanks; as it is if it has none of them."""
    spans = term_spans(text, language)
    found = [(start, end) for start, end in spans if folded(text[start:end], language) in words]
    if not found:
        return text
    for start, end in reversed(found):
        text = f"{text[:start]} {text[end:]}"
    # What is left may be other words: Chinese is cut anew, and an elided word may be none any more.
    return without(single_blanks(text), language, words)
