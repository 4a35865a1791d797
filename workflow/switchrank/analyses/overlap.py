"""Whether a ranker goes by the tokens that query and passage share, as the paper claims.

A ranker trained on one language may learn that shared tokens mean relevance, which helps only where both
sides share a language. Here, for each query, the scores of its candidates are set against the overlap of
tokens.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.encoders.encodings import Encodings
from switchrank.files import read_parquet
from switchrank.languages import Pair
from switchrank.tasks.ranking import among

_TOP = 10
_AT_ONCE = 100_000  # instances whose tokens are held at a time
_FIGURES = ["query_id", "correlation", "overlap_relevant", "overlap_top10", "overlap_rest"]


def measure_overlap(
    runs: Mapping[str, Mapping[str, Mapping[str, str | Path]]],
    pairs: Mapping[str, Pair],
    encodings: Encodings,
    corpus: Corpus,
) -> pd.DataFrame:
    """Set scores against overlap for each system and pair, over the test queries.

    Args:
        runs: system → seed → pair → run; the seeds of a system have ranked the same candidates.
        pairs: by name.
        encodings: of the collection in the pairs' languages; their SentencePiece pieces are the tokens.
        corpus: the collection.

    Returns:
        columns system, pair, and those of Candidates.against; pair by pair, systems in the order of `runs`.
    """
    queries = pd.Index(corpus.ids("query", "test"))
    names = dict.fromkeys(name for seeds in runs.values() for paths in seeds.values() for name in paths)
    frames = []
    for name in names:
        known, candidates = None, None  # those of the system before, mostly those of the next one too
        for system, seeds in runs.items():
            tables = [_read(paths[name], queries) for paths in seeds.values() if name in paths]
            if not tables:
                continue
            ids = tables[0][["query_id", "passage_id"]]
            if known is None or not ids.equals(known):
                overlap = _overlap(ids, pairs[name], encodings, corpus)
                known, candidates = ids, Candidates(ids["query_id"], overlap, among(ids, corpus.relevant))
            figures = candidates.against([table["score"].to_numpy() for table in tables])
            frames.append(figures.assign(system=system, pair=name))
    return pd.concat(frames, ignore_index=True)[["system", "pair", *_FIGURES]]


def token_overlap(
    pieces: np.ndarray, offsets: np.ndarray, queries: np.ndarray, passages: np.ndarray
) -> np.ndarray:
    """The share of a query's different tokens that stand in its passage, float64 [n]; of an empty query 0.

    Args:
        pieces: token ids of all texts, one text behind the other.
        offsets: int [texts + 1], where each text begins.
        queries, passages: int [n], the texts of each instance.
    """
    size = int(pieces.max(initial=0)) + 1
    asked, given = (_distinct(pieces, offsets, texts, size) for texts in (queries, passages))
    places = np.searchsorted(given, asked)
    shared = np.append(given, -1)[places] == asked
    instances = asked // size
    counts = np.bincount(instances, minlength=len(queries))
    return np.bincount(instances[shared], minlength=len(queries)) / np.maximum(counts, 1)


class Candidates:
    """A pair's candidates with their overlap, against which the scores of several systems are set.

    Relevant passages are left out of what concerns scores: they share tokens with the query and rank high
    for good reason.
    """

    def __init__(self, query_ids: pd.Series, overlap: np.ndarray, relevant: np.ndarray):
        """Take of each candidate [n] its query, its overlap with it, and whether it is relevant (bool)."""
        codes, self._queries = pd.factorize(query_ids, sort=True)
        self._every = pd.RangeIndex(len(self._queries))
        self._of_relevant = pd.Series(overlap[relevant]).groupby(codes[relevant]).mean()
        self._others = ~relevant
        self._query, self._overlap = codes[~relevant], pd.Series(overlap[~relevant])
        self._ranks = self._ranked(self._overlap)

    def against(self, scores: Sequence[np.ndarray]) -> pd.DataFrame:
        """Set scores against overlap, query by query, over the candidates that are not relevant.

        Args:
            scores: of each seed, the candidates' scores [n]; of equal ones the first is ranked first.

        Returns:
            query_id (sorted); correlation: Spearman's between score and overlap, mean over seeds, NaN where
            all overlaps or scores are the same; overlap_relevant (NaN where none is a candidate);
            overlap_top10, of the ten best ranked that are not relevant, mean over seeds; overlap_rest, of the
            others.
        """
        per_seed = [self._of_seed(pd.Series(seed[self._others])) for seed in scores]
        means = sum(per_seed) / len(per_seed)  # NaN for a query that is so with one seed
        relevant = self._of_relevant.reindex(self._every)
        return means.assign(query_id=self._queries, overlap_relevant=relevant)[_FIGURES]

    def _of_seed(self, score: pd.Series) -> pd.DataFrame:
        # Spearman's correlation is Pearson's of the ranks; ties share their mean rank.
        ranks = self._ranked(score)
        spread = np.sqrt(self._sums(self._ranks**2) * self._sums(ranks**2))
        top = (score.groupby(self._query).rank(method="first", ascending=False) <= _TOP).to_numpy()
        return pd.DataFrame(
            {
                "correlation": self._sums(self._ranks * ranks) / np.where(spread > 0, spread, np.nan),
                "overlap_top10": self._means(top),
                "overlap_rest": self._means(~top),
            }
        )

    def _ranked(self, values: pd.Series) -> np.ndarray:
        """The rank of each value among its query's, less their mean."""
        groups = values.groupby(self._query)
        return (groups.rank() - (groups.transform("size") + 1) / 2).to_numpy()

    def _sums(self, values: np.ndarray) -> np.ndarray:
        return np.bincount(self._query, values, minlength=len(self._every))

    def _means(self, chosen: np.ndarray) -> pd.Series:
        return self._overlap[chosen].groupby(self._query[chosen]).mean().reindex(self._every)


def _read(path: str | Path, queries: pd.Index) -> pd.DataFrame:
    run = read_parquet(path)
    kept = run[queries.get_indexer(run["query_id"]) >= 0]
    return kept.sort_values(["query_id", "passage_id"], ignore_index=True)


def _overlap(candidates: pd.DataFrame, pair: Pair, encodings: Encodings, corpus: Corpus) -> np.ndarray:
    """The overlap of each candidate with its query, [n]."""
    rows = []
    for kind, side in (("query", pair.query), ("passage", pair.document)):
        codes, ids = pd.factorize(candidates[f"{kind}_id"])
        languages = corpus.side_languages(kind, side).loc[ids]
        rows.append(encodings.rows(kind, "collection", languages.tolist(), list(ids))[codes])
    parts = [
        token_overlap(encodings.pieces, encodings.offsets, *(side[start : start + _AT_ONCE] for side in rows))
        for start in range(0, len(candidates), _AT_ONCE)
    ]
    return np.concatenate(parts)


def _distinct(pieces: np.ndarray, offsets: np.ndarray, texts: np.ndarray, size: int) -> np.ndarray:
    """The sorted different keys, instance × size + token, of each instance's text."""
    starts, lengths = offsets[texts], offsets[texts + 1] - offsets[texts]
    instances = np.repeat(np.arange(len(texts)), lengths)
    places = np.arange(len(instances)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    keys = np.sort(instances * size + pieces[starts[instances] + places])
    return keys[np.diff(keys, prepend=-1) > 0]
