"""Training data from the training split: the collection's own texts, or code-switched ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.collections.base import KINDS, Corpus
from switchrank.languages import Pair, Side
from switchrank.training.instances import instances, with_items, with_records
from switchrank.training.switcher import Switcher, switcher
from switchrank.training.tally import Tally


@dataclass(frozen=True)
class TrainingData:
    """What a ranker is trained on.

    Attributes:
        instances: columns epoch, instance, label, query_language, query_id, passage_language, passage_id; the
            ids are the collection's or, where words were switched, those of `queries` and `passages`.
        queries, passages: text by record, sorted by it; empty where nothing was switched.
        stats: counts, ready for JSON.
    """

    instances: pd.DataFrame
    queries: pd.Series
    passages: pd.Series
    stats: dict[str, Any]


def make_training_data(
    corpus: Corpus,
    candidates: pd.DataFrame,
    lexicons: Mapping[str, str | Path],
    recipe: Mapping[str, Any],
    source_language: str,
    rounds: int,
    seed: int,
) -> TrainingData:
    """Draw instances from the training split, and switch their texts if the recipe says so.

    Args:
        corpus: the collection.
        candidates: columns query_id, passage_id and, where they differ by pair, pair; for hard negatives.
        lexicons: language → TSV from the source language; empty where nothing is switched.
        recipe: the attributes of a recipes.Recipe by name, its query and passage as Side.
        source_language: of what is switched, and of the texts by which passages are found to be spelt alike.
        rounds: how often every query comes.
        seed: of negatives and switching.

    Raises:
        ValueError: a language to switch into has no lexicon.
        UserError: see instances.
    """
    languages = {kind: _training_languages(corpus, kind, recipe[kind]) for kind in KINDS}
    spelling = _spelling(corpus, languages["passage"], source_language)
    if "pair" in candidates:
        candidates = candidates[candidates["pair"].isin(Pair(recipe["query"], recipe["passage"]).names)]
    drawn = instances(list(languages["query"].index), spelling, corpus.qrels, candidates, rounds, seed)
    stats = {"queries": len(languages["query"]), "rounds": rounds}
    stats |= {"instances": int(drawn["instance"].nunique())}
    if recipe["lexicon"] is None:
        frame = with_items(drawn, languages["query"], languages["passage"])
        stats |= _sizes(frame, {kind: _texts(corpus, frame, kind) for kind in KINDS})
        return TrainingData(frame, *(pd.Series(dtype=object) for _ in KINDS), stats)
    frame = with_records(drawn, source_language, recipe["epochs"])
    tally = Tally(recipe["ratio"], {kind: recipe[f"{kind}_into"] for kind in KINDS})
    switched = switcher(recipe, lexicons, seed)
    records = {}
    for kind in KINDS:
        sources = corpus.texts(kind, source_language, pd.concat([drawn[f"{kind}_id"]] * recipe["epochs"]))
        records[kind] = _switched(frame[f"{kind}_id"], sources, kind, switched, tally)
    stats |= _sizes(frame, records)
    stats |= {key: recipe[key] for key in ("mode", "epochs", "stop_words")} | tally.stats()
    return TrainingData(frame, records["query"], records["passage"], stats)


def _training_languages(corpus: Corpus, kind: str, side: Side) -> pd.Series:
    """The language on a side of each training item that the side has, by id."""
    languages = corpus.side_languages(kind, side)
    return languages[languages.index.isin(corpus.ids(kind, "train"))]


def _spelling(corpus: Corpus, languages: pd.Series, source_language: str) -> dict[str, str]:
    """Text of passages by id: in the source language or, of those that it lacks, in their own."""
    texts = corpus.passages(source_language)
    texts = texts[texts.index.isin(languages.index)].to_dict()
    lacking = languages[~languages.index.isin(list(texts))]
    for language, ids in lacking.groupby(lacking).groups.items():
        texts |= corpus.passages(language, list(ids)).to_dict()
    return texts


def _texts(corpus: Corpus, frame: pd.DataFrame, kind: str) -> pd.Series:
    """Texts of the items of instances."""
    items = frame.groupby(f"{kind}_language")[f"{kind}_id"].unique()
    return pd.concat([corpus.texts(kind, language, list(ids)) for language, ids in items.items()])


def _switched(
    records: pd.Series, sources: pd.Series, kind: str, switched: Switcher, tally: Tally
) -> pd.Series:
    """Switch and count the text of each record once; `sources` are the texts of its item → text by record."""
    texts: dict[str, str] = {}
    for record, source in zip(records, sources, strict=True):
        if record not in texts:
            texts[record], switches, wanted = switched(source, record, kind)
            tally.add(kind, source, switches, wanted)
    return pd.Series(texts).sort_index()


def _sizes(frame: pd.DataFrame, texts: Mapping[str, pd.Series]) -> dict[str, int]:
    return {"rows": len(frame)} | {f"different_{kind}_texts": int(texts[kind].nunique()) for kind in KINDS}
