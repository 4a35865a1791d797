"""Examples: what a system does to single queries, chosen by rule and not by hand."""

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.collections.base import KINDS, Corpus
from switchrank.files import read_parquet
from switchrank.languages import Pair
from switchrank.tasks.ranking import evaluated_queries, measure, per_query_name, ranking
from switchrank.text.words import normalize, stop_words, word_spans, words
from switchrank.training.data import record_of
from switchrank.training.switching import Switch, Switcher

_SHOWN = 5


def rule(metric: str) -> str:
    """How `choose` chooses."""
    return (
        f"on each pair, the query whose {per_query_name(metric)} rose most and the one whose fell most; of "
        "equals the first by id"
    )


def make_examples(
    system: str,
    reference: str,
    runs: Mapping[str, str | Path],
    references: Mapping[str, str | Path],
    pairs: Mapping[str, Pair],
    corpus: Corpus,
    switcher: Switcher,
    source_language: str,
    metric: str,
) -> list[dict[str, Any]]:
    """Queries that a system ranks for better or worse than another, each with a training text beside it.

    Args:
        system, reference: the systems' names.
        runs, references: pair → run of the system and of the reference, of one seed each.
        pairs: by name.
        corpus: the collection.
        switcher: what the system's training text was switched with.
        source_language: of the training text.
        metric: that the queries are chosen by.

    Returns:
        ready for JSON, of each query: pair, system, reference, rule; what `example` gives; training: what
        `training_text` gives for a training query that has to do with this one, see `related`.
    """
    relevant = corpus.relevant.groupby("query_id")["passage_id"].agg(list)
    source = {kind: corpus.texts(kind, source_language) for kind in KINDS}
    positives = _positives(corpus)
    training_words = {
        query: _words(f"{source['query'][query]}, {source['passage'][passage]}", source_language)
        for query, passage in positives.items()
    }
    examples = []
    for name, path in runs.items():
        run, before = read_parquet(path), read_parquet(references[name])
        queries = evaluated_queries(corpus, pairs[name].query)
        for query in choose(run, before, corpus.qrels, queries, metric):
            shown = example(query, run, before, relevant[query], pairs[name], corpus, source_language)
            texts = [text for text in (shown["source_query"], shown["source_relevant"]) if text]
            beside = related([_words(text, source_language) for text in texts], training_words)
            training = training_text({"query": beside, "passage": positives[beside]}, source, switcher)
            head = {"pair": name, "system": system, "reference": reference, "rule": rule(metric)}
            examples.append(head | shown | {"training": training})
    return examples


def choose(
    run: pd.DataFrame, reference: pd.DataFrame, qrels: pd.DataFrame, queries: Sequence[str], metric: str
) -> list[str]:
    """The queries to show for a pair, as `rule` says; none where nothing rose or fell.

    Args:
        run, reference: of the system and of the one it is compared with.
        qrels, metric: see ranking.measure.
        queries: the test queries, sorted.
    """
    after, before = (measure(ranked, qrels, queries, [metric])[metric] for ranked in (run, reference))
    changed = after - before
    rose, fell = changed.idxmax(), changed.idxmin()
    return [query for query, is_so in ((rose, changed[rose] > 0), (fell, changed[fell] < 0)) if is_so]


def example(
    query: str,
    run: pd.DataFrame,
    reference: pd.DataFrame,
    relevant: Sequence[str],
    pair: Pair,
    corpus: Corpus,
    source_language: str,
) -> dict[str, Any]:
    """A query with its candidates before and after.

    Args:
        query: id.
        run, reference: the runs of the system and of the one it is compared with.
        relevant: ids of the relevant passages, at least one of them on the document side.
        pair, corpus: that the runs are of.
        source_language: what texts are shown in besides.

    Returns:
        query_id, query, source_query; relevant, source_relevant: the relevant passage that the system ranks
        best, else the first; before, after: the five best ranked by the reference and the system: passage_id,
        text, source, language, relevant; rank_before, rank_after of the best ranked relevant passage, None if
        none is a candidate. source…: the text in the source language, None where it has none.
    """
    languages = corpus.side_languages("passage", pair.document)
    texts = corpus.texts
    before, after = (ranking(ranked[ranked["query_id"] == query]) for ranked in (reference, run))

    def best(ranked: pd.DataFrame) -> list[dict[str, Any]]:
        return [
            {
                "passage_id": passage,
                "text": texts("passage", languages[passage]).get(passage),
                "source": texts("passage", source_language).get(passage),
                "language": languages[passage],
                "relevant": passage in relevant,
            }
            for passage in ranked["passage_id"].head(_SHOWN)
        ]

    ranked = [passage for passage in (*after["passage_id"], *relevant) if passage in set(relevant)]
    shown = next(passage for passage in ranked if passage in languages.index)
    query_language = corpus.side_languages("query", pair.query)[query]
    return {
        "query_id": query,
        "query": texts("query", query_language).get(query),
        "source_query": texts("query", source_language).get(query),
        "relevant": texts("passage", languages[shown]).get(shown),
        "source_relevant": texts("passage", source_language).get(shown),
        "before": best(before),
        "after": best(after),
        "rank_before": _rank(before, relevant),
        "rank_after": _rank(after, relevant),
    }


def related(texts: Sequence[AbstractSet[str]], training: Mapping[str, AbstractSet[str]]) -> str:
    """The id of a training text that shares a word with the first of some texts, or with the next, and so on.

    Texts are given as their words, training texts by id. Of several the first by id; the first of all if
    there is none.
    """
    in_order = sorted(training)
    for wanted in texts:
        if (sharing := next((i for i in in_order if wanted & training[i]), None)) is not None:
            return sharing
    return in_order[0]


def training_text(
    ids: Mapping[str, str], source: Mapping[str, pd.Series], switcher: Switcher
) -> dict[str, Any]:
    """A query and a passage relevant to it as the system was trained on them in the first round.

    Args:
        ids: query, passage.
        source: query, passage: texts in the source language, by id.
        switcher: what they were switched with.

    Returns:
        query, passage: the texts; switched_query, switched_passage: what `pieces` gives.
    """
    shown: dict[str, Any] = {}
    for kind, i in ids.items():
        text = source[kind][i]
        _, switches, _ = switcher(text, record_of(i), kind)
        shown |= {kind: text, f"switched_{kind}": pieces(text, switches)}
    return shown


def pieces(text: str, switches: Sequence[Switch]) -> list[list[str]]:
    """Cut a switched text where words were replaced.

    Args:
        text: before switching.
        switches: of the text, from left to right; words that stay may be among them.

    Returns:
        the pieces that make up the switched text, from left to right: text, and of a switched piece the word
        or words that it stands for and its language, else two empty strings.
    """
    spans = word_spans(text)
    cut, end = [], 0
    for item in switches:
        if item.translation is not None:
            start = spans[item.position][0]
            cut += [[text[end:start], "", ""], [item.translation, item.word, item.language]]
            end = spans[item.position + item.length - 1][1]
    return [piece for piece in (*cut, [text[end:], "", ""]) if piece[0]]


def _positives(corpus: Corpus) -> pd.Series:
    """The first relevant training passage of each training query."""
    queries, passages = (corpus.ids(kind, "train") for kind in KINDS)
    relevant = corpus.relevant
    chosen = relevant[relevant["query_id"].isin(queries) & relevant["passage_id"].isin(passages)]
    return chosen.groupby("query_id")["passage_id"].min()


def _words(text: str, language: str) -> set[str]:
    """The different words of a text but stop words."""
    return set(map(normalize, words(text))) - stop_words(language)


def _rank(ranked: pd.DataFrame, relevant: Collection[str]) -> int | None:
    ranks = ranked.loc[ranked["passage_id"].isin(relevant), "rank"]
    return int(ranks.iloc[0]) if len(ranks) else None
