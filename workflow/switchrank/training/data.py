"""Training data from the training split: the collection's own texts, or code-switched ones.

An instance is one positive and several negatives. A record is an item in one round of one epoch: what is
drawn for a text is drawn for its record. Where texts are switched, each record has its own, and ids are those
of records. All epochs have the same instances.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from switchrank.collections.base import KINDS, Corpus
from switchrank.errors import UserError
from switchrank.languages import Pair
from switchrank.text.normalisation import folded
from switchrank.training.draws import record_of
from switchrank.training.switching import Switcher, switcher
from switchrank.training.tally import Tally
from switchrank.training.whole_texts import replace_texts

NEGATIVES = 4  # for each positive, as in the paper
_COLUMNS = ["epoch", "instance", "label", "query_language", "query_id", "passage_language", "passage_id"]


@dataclass(frozen=True)
class TrainingData:
    """What a ranker is trained on."""

    instances: pd.DataFrame  # _COLUMNS
    queries: pd.Series  # text by record, sorted by it; empty where nothing was switched
    passages: pd.Series
    stats: dict[str, Any]  # counts, ready for JSON


def make_training_data(
    corpus: Corpus,
    candidates: pd.DataFrame,
    lexicons: Mapping[str, str | Path],
    recipe: Mapping[str, Any],
    source_language: str,
    rounds: int,
    seed: int,
) -> TrainingData:
    """Draw instances from the training split, and switch their texts if the recipe says so; see switcher.

    A recipe with languages to switch into, but no lexicon, switches whole texts; see replace_texts.
    Candidates, for hard negatives, have columns query_id, passage_id and, where they differ by pair, pair.
    The source language is that of what is switched, and of the texts by which passages are known to be the
    same; of those that lack it, the text in their own language is taken.
    """
    languages = {}  # of the training items on each side, by id
    for kind in KINDS:
        of_side = corpus.side_languages(kind, recipe[kind])
        languages[kind] = of_side[of_side.index.isin(corpus.ids(kind, "train"))]
    if "pair" in candidates:
        candidates = candidates[candidates["pair"].isin(Pair(recipe["query"], recipe["passage"]).names)]
    in_source = languages["passage"].index.isin(corpus.passages(source_language).index)
    passages = dict(_texts(corpus, "passage", languages["passage"].mask(in_source, source_language)))
    drawn = instances(
        list(languages["query"].index), passages, corpus.qrels, candidates, rounds, seed, source_language
    )
    frame = pd.concat([drawn.assign(epoch=epoch) for epoch in range(recipe["epochs"])], ignore_index=True)
    if recipe["lexicon"] is None:
        texts, sides = {}, {}
        for kind in KINDS:
            items = languages[kind].loc[frame[f"{kind}_id"]]
            if into := recipe[f"{kind}_into"]:
                having = {language: corpus.texts(kind, language).index for language in into}
                drawing = kind, having, recipe["ratio"], seed
                items, sides[kind] = replace_texts(items, _records(frame, kind), *drawing)
            frame[f"{kind}_language"] = items.to_numpy()
            texts[kind] = [text for _, text in _texts(corpus, kind, items)]
        records = dict.fromkeys(KINDS, pd.Series(dtype=object))
        settings = {"mode": recipe["mode"], "nominal_ratio": recipe["ratio"]}
        switching = {**settings, "sides": sides} if sides else {}
    else:
        switched = switcher(recipe, lexicons, seed)
        tally = Tally(source_language, switched.ratio, switched.lexicons)
        texts = records = {
            kind: _switch(corpus, frame, kind, source_language, switched, tally) for kind in KINDS
        }
        switching = {key: recipe[key] for key in ("mode", "epochs", "stop_words")} | tally.stats()
    stats = {
        "queries": len(languages["query"]),
        "rounds": rounds,
        "instances": int(drawn["instance"].nunique()),
        "rows": len(frame),
        **{f"different_{kind}_texts": len(set(texts[kind])) for kind in KINDS},
    }
    return TrainingData(frame[_COLUMNS], records["query"], records["passage"], stats | switching)


def _texts(corpus: Corpus, kind: str, languages: pd.Series) -> list[tuple[str, str]]:
    """Id and text of items, each in its language."""
    by_language = languages.groupby(languages).groups.items()
    return [item for own, ids in by_language for item in corpus.texts(kind, own, list(ids)).items()]


def _records(frame: pd.DataFrame, kind: str) -> list[str]:
    """The record of each item of instances."""
    return [
        record_of(*item) for item in zip(frame[f"{kind}_id"], frame["round"], frame["epoch"], strict=True)
    ]


def _switch(
    corpus: Corpus, frame: pd.DataFrame, kind: str, language: str, switcher: Switcher, tally: Tally
) -> pd.Series:
    """Put records in place of the items of instances; their switched and counted texts by sorted record."""
    records = _records(frame, kind)
    sources = dict(zip(records, corpus.texts(kind, language, frame[f"{kind}_id"]), strict=True))
    frame[f"{kind}_id"], frame[f"{kind}_language"] = records, language
    texts = {}
    for record, source in sources.items():
        texts[record], switches, wanted = switcher(source, record, kind)
        tally.add(kind, source, switches, wanted)
    return pd.Series(texts).sort_index()


def instances(
    queries: Sequence[str],
    passages: Mapping[str, str],
    qrels: pd.DataFrame,
    candidates: pd.DataFrame,
    rounds: int,
    seed: int,
    language: str,
) -> pd.DataFrame:
    """Draw instances: every query comes once in every round, with fresh negatives.

    Negatives are drawn from the query's candidates that are among `passages` (training passages' text by id)
    and not, but for case and spelling (that of `language`), the same text as a relevant one; where these are
    too few, from all such passages.
    Each draw depends on (seed, query, round) alone.

    Gives columns instance, round, query_id, passage_id, label; the positive first.

    Raises:
        UserError: a query has no relevant training passage, or there are too few passages.
    """
    texts = {passage: folded(passages[passage], language) for passage in sorted(passages)}
    if len(texts) <= NEGATIVES:
        raise UserError(f"training passages: found {len(texts)}, expected more than {NEGATIVES}")
    relevant, pools = (
        frame[frame["passage_id"].isin(texts.keys())].groupby("query_id")["passage_id"].agg(set).to_dict()
        for frame in (qrels[qrels["relevance"] >= 1], candidates)
    )
    rows = []
    for instance, (number, query) in enumerate(product(range(rounds), sorted(queries))):
        if query not in relevant:
            raise UserError(f"qrels: query {query!r} has no relevant passage in the training split")
        digest = blake2b(f"{seed}/{query}/{number}".encode(), digest_size=8).digest()
        generator = np.random.default_rng(int.from_bytes(digest))
        positive = generator.choice(sorted(relevant[query]))
        right = {texts[passage] for passage in relevant[query]}
        pool = sorted(passage for passage in pools.get(query, ()) if texts[passage] not in right)
        negatives = list(generator.permutation(pool)[:NEGATIVES])
        if (lacking := NEGATIVES - len(negatives)) > 0:
            others = [i for i, text in texts.items() if text not in right and i not in negatives]
            if len(others) < lacking:
                why = f"too few are not relevant to query {query!r}"
                raise UserError(f"training passages: {why}, expected {NEGATIVES} or more")
            negatives += list(generator.choice(others, lacking, replace=False))
        rows.append((instance, number, query, str(positive), 1))
        rows += [(instance, number, query, str(negative), 0) for negative in negatives]
    return pd.DataFrame(rows, columns=["instance", "round", "query_id", "passage_id", "label"])
