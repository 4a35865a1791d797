"""Examples: what a system does to single queries, chosen by rule and not by hand."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.collections.base import KINDS, Corpus
from switchrank.files import read_parquet
from switchrank.languages import Pair
from switchrank.tasks.ranking import evaluated_queries, measure, per_query_name, ranking
from switchrank.text.normalisation import normalize
from switchrank.text.words import replaced, stop_words, word_spans, words
from switchrank.training.draws import record_of
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

    `runs` and `references` are the runs of the two by pair, of one seed each; `switcher` is what the system's
    training text, in the source language, was switched with. Ready for JSON, of each query: pair, system,
    reference, rule; what `example` gives; training: query and passage (texts) of a training query that has to
    do with this one, see `related`, switched_query and switched_passage (their `pieces` in the first round of
    training).
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
            training: dict[str, Any] = {}
            for kind, item in (("query", beside), ("passage", positives[beside])):
                text = source[kind][item]
                _, switches, _ = switcher(text, record_of(item), kind)
                training |= {kind: text, f"switched_{kind}": pieces(text, switches, source_language)}
            head = {"pair": name, "system": system, "reference": reference, "rule": rule(metric)}
            examples.append(head | shown | {"training": training})
    return examples


def choose(
    run: pd.DataFrame, reference: pd.DataFrame, qrels: pd.DataFrame, queries: Sequence[str], metric: str
) -> list[str]:
    """The queries (of the sorted ids) to show for a pair, as `rule` says; none where nothing rose or fell."""
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
    """A query with its candidates before (as the reference ranks them) and after (as the system does).

    At least one of the relevant passages (ids) is on the document side.

    Returns:
        query_id, query, source_query; relevant, source_relevant: the relevant passage that the system ranks
        best, else the first; before, after: the five best ranked: passage_id, text, source, language,
        relevant; rank_before, rank_after of the best ranked relevant passage, None if none is a candidate.
        source…: the text in the source language, None where it has none.
    """
    texts, languages = corpus.texts, corpus.side_languages("passage", pair.document)
    before, after = (
        ranking(ranked[ranked["query_id"] == query])["passage_id"].tolist() for ranked in (reference, run)
    )

    def passage(item: str) -> dict[str, Any]:
        text, source = (texts("passage", tag).get(item) for tag in (languages[item], source_language))
        return {"passage_id": item, "text": text, "source": source, "language": languages[item]}

    def best(ranked: Sequence[str]) -> list[dict[str, Any]]:
        return [passage(item) | {"relevant": item in relevant} for item in ranked[:_SHOWN]]

    def rank(ranked: Sequence[str]) -> int | None:
        return next((place for place, item in enumerate(ranked, start=1) if item in relevant), None)

    in_order = [*(item for item in after if item in relevant), *relevant]
    answer = passage(next(item for item in in_order if item in languages.index))
    query_language = corpus.side_languages("query", pair.query)[query]
    return {
        "query_id": query,
        "query": texts("query", query_language).get(query),
        "source_query": texts("query", source_language).get(query),
        "relevant": answer["text"],
        "source_relevant": answer["source"],
        "before": best(before),
        "after": best(after),
        "rank_before": rank(before),
        "rank_after": rank(after),
    }


def related(texts: Sequence[set[str]], training: Mapping[str, set[str]]) -> str:
    """The id of a training text that shares a word with the first of some texts, or with the next, and so on.

    Texts are given as their words, training texts by id. Of several the first by id; the first of all if
    there is none.
    """
    in_order = sorted(training)
    sharing = (item for wanted in texts for item in in_order if wanted & training[item])
    return next(sharing, in_order[0])


def pieces(text: str, switches: Sequence[Switch], language: str) -> list[list[str]]:
    """The pieces that make up a switched text, from left to right, cut where words were replaced.

    `text`, in a language, is as before switching; words that stay may be among its `switches`. A piece is
    its text, and of a switched one the word or words that it replaces and its language, else two empty
    strings.
    """
    spans = word_spans(text, language)
    switched = {
        (spans[item.position][0], spans[item.position + item.length - 1][1]): item
        for item in switches
        if item.translation is not None
    }
    translations = {span: item.translation for span, item in switched.items()}
    cut = []
    for piece, span in replaced(text, spans, translations):
        item = switched.get(span)
        cut.append([piece, item.word, item.language] if item else [piece, "", ""])
    return cut


def _positives(corpus: Corpus) -> pd.Series:
    """The first relevant training passage of each training query."""
    chosen = corpus.relevant
    for kind in KINDS:
        chosen = chosen[chosen[f"{kind}_id"].isin(corpus.ids(kind, "train"))]
    return chosen.groupby("query_id")["passage_id"].min()


def _words(text: str, language: str) -> set[str]:
    """The different words of a text but stop words."""
    return {normalize(word, language) for word in words(text, language)} - stop_words(language)
