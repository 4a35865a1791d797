"""The candidates of every query, from a first stage or brought by the collection, and those of a pair."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from switchrank.collections.base import KINDS, Corpus
from switchrank.collections.ids import check_ids
from switchrank.encoders.encodings import Encodings
from switchrank.errors import UserError
from switchrank.languages import Pair

RRF_CONSTANT = 60  # Cormack, Clarke & Buettcher, SIGIR 2009


def choose(
    corpus: Corpus,
    entry: Mapping[str, Any],
    language: str,
    bm25: pd.DataFrame | None = None,
    encodings: Encodings | None = None,
) -> pd.DataFrame:
    """Choose the candidates of every query, by a first stage that works in one language.

    Args:
        corpus: the collection.
        entry: of the config. `method` is "given" (the collection brought them), "bm25" or "fused" (BM25 and
            the cosine of the sentence vectors); `depth` is how many passages each of these gives to a query.
        language, bm25, encodings: of the first stage; BM25's run and encodings where the method needs them.

    Returns:
        columns query_id, passage_id, rank, score; of given ones also pair, where they differ by pair.
    """
    if entry["method"] == "given":
        return corpus.candidates
    runs = [bm25]
    if entry["method"] == "fused":
        vectors = []
        for kind in KINDS:
            ids = corpus.texts(kind, language).index
            rows = encodings.rows(kind, "collection", [language] * len(ids), ids)
            vectors += [ids, encodings.sentences[rows]]
        runs.append(dense(*vectors, entry["depth"]))
    return fuse(runs, entry["depth"])


def candidates_on(candidates: pd.DataFrame, corpus: Corpus, pair: Pair, split: str) -> pd.DataFrame:
    """The candidates of a split's queries on a pair, with the language that each item has there.

    Queries and passages that a side of the pair lacks are left out. Where `candidates` differ by pair, `pair`
    names two languages: on a mixed side an item has the candidates of the pair that its language makes.

    Returns:
        columns query_language, query_id, passage_language, passage_id, in the order of `candidates`.

    Raises:
        UserError: there is no candidate, or an id is no text.
    """
    check_ids(candidates, "candidates")
    if "pair" in candidates:
        candidates = candidates[candidates["pair"].isin(pair.names)]
    queries = corpus.side_languages("query", pair.query)
    queries = queries[queries.index.isin(corpus.ids("query", split))]
    passages = corpus.side_languages("passage", pair.document)
    kept = candidates["query_id"].isin(queries.index) & candidates["passage_id"].isin(passages.index)
    rows = candidates[kept]
    rows = rows.assign(
        query_language=queries.loc[rows["query_id"]].to_numpy(),
        passage_language=passages.loc[rows["passage_id"]].to_numpy(),
    )
    if "pair" in rows:
        rows = rows[rows["query_language"] + "-" + rows["passage_language"] == rows["pair"]]
    if rows.empty:
        raise UserError(f"candidates: found none for the {split} queries of {pair}, expected some")
    columns = ["query_language", "query_id", "passage_language", "passage_id"]
    return rows[columns].reset_index(drop=True)


def candidates_in_turn(
    candidates: pd.DataFrame, corpus: Corpus, pairs: Sequence[Pair], split: str
) -> pd.DataFrame:
    """The candidates of each of a split's queries on one of some pairs, the pairs taken in turn.

    So all of them are looked at for the price of one. See candidates_on.
    """
    turns = {query: number % len(pairs) for number, query in enumerate(corpus.ids("query", split))}
    frames = []
    for number, pair in enumerate(pairs):
        of_pair = candidates_on(candidates, corpus, pair, split)
        frames.append(of_pair[of_pair["query_id"].map(turns) == number])
    return pd.concat(frames, ignore_index=True)


def dense(
    query_ids: Sequence[str],
    query_vectors: np.ndarray,
    passage_ids: Sequence[str],
    passage_vectors: np.ndarray,
    depth: int,
) -> pd.DataFrame:
    """The `depth` nearest passages of each query by cosine; vectors [n, dim] have unit length.

    Returns:
        columns query_id, passage_id, score; by query, then score descending, ties by passage_id.
    """
    ids = np.asarray(passage_ids, dtype=object)
    order = np.argsort(ids, kind="stable")
    ids, vectors = ids[order], passage_vectors[order]
    frames = []
    for query_id, vector in zip(query_ids, query_vectors, strict=True):
        scores = np.round(vectors @ vector, 6)  # equal vectors may differ in the last bit, by their row
        best = np.argsort(-scores, kind="stable")[:depth]
        frames.append(pd.DataFrame({"query_id": query_id, "passage_id": ids[best], "score": scores[best]}))
    return pd.concat(frames, ignore_index=True)


def fuse(runs: Sequence[pd.DataFrame], depth: int) -> pd.DataFrame:
    """Unite the top `depth` passages of each run by reciprocal rank fusion (Cormack et al. 2009).

    A run is ordered by rank within each query; neither its scores nor the qrels are looked at.

    Returns:
        columns query_id, passage_id, rank (from 1), score; by query_id, then score descending, passage_id.
    """
    ranked = pd.concat(run.assign(rank=run.groupby("query_id").cumcount() + 1) for run in runs)
    top = ranked[ranked["rank"] <= depth]
    top = top.assign(score=1 / (RRF_CONSTANT + top["rank"]))
    fused = top.groupby(["query_id", "passage_id"], as_index=False)["score"].sum()
    fused = fused.sort_values(
        ["query_id", "score", "passage_id"], ascending=[True, False, True], ignore_index=True
    )
    fused.insert(2, "rank", fused.groupby("query_id").cumcount() + 1)
    return fused
