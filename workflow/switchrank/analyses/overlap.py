"""Whether a ranker goes by the tokens that query and passage share, as the paper claims.

A ranker trained on one language may learn that shared tokens mean relevance, which helps only where both
sides share a language. Here, for each query, the scores of its candidates are set against the overlap of
tokens. Relevant passages are left out of that: they share tokens with the query and rank high for good
reason.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

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

    `runs`: system → seed → pair → run; the seeds of a system have ranked the same candidates. `encodings` are
    of the collection in the pairs' languages; their known SentencePiece pieces are the tokens.
    Columns system, pair, and those of `against`; pair by pair, systems in the order of `runs`.
    """
    queries = pd.Index(corpus.ids("query", "test"))
    names = dict.fromkeys(name for seeds in runs.values() for paths in seeds.values() for name in paths)
    sets = token_sets(encodings.pieces, encodings.offsets, encodings.unknown)
    frames = []
    for name in names:
        known, overlap = None, None  # those of the system before, mostly those of the next one too
        for system, seeds in runs.items():
            tables = [_read(paths[name], queries) for paths in seeds.values() if name in paths]
            if not tables:
                continue
            candidates = tables[0][["query_id", "passage_id"]]
            if known is None or not candidates.equals(known):
                known, overlap = candidates, _overlap(candidates, pairs[name], sets, encodings, corpus)
                relevant = among(candidates, corpus.relevant)
            scores = [table["score"].to_numpy() for table in tables]
            figures = against(candidates["query_id"], overlap, relevant, scores)
            frames.append(figures.assign(system=system, pair=name))
    return pd.concat(frames, ignore_index=True)[["system", "pair", *_FIGURES]]


def token_sets(pieces: np.ndarray, offsets: np.ndarray, unknown: int) -> sparse.csr_array:
    """The known tokens that each text has, bool [texts, tokens]; `pieces` and so on as in Encodings.

    Whether two texts share an unknown token cannot be known.
    """
    shape, known = (len(offsets) - 1, int(pieces.max(initial=0)) + 1), pieces != unknown
    pieces, offsets = pieces[known], np.concatenate([[0], known.cumsum()])[offsets]
    sets = sparse.csr_array((np.ones(len(pieces), bool), pieces, offsets), shape, copy=True)
    sets.sum_duplicates()
    return sets


def token_overlap(sets: sparse.csr_array, queries: np.ndarray, passages: np.ndarray) -> np.ndarray:
    """The share of a query's known tokens that its passage has too [n], both rows of `sets`; of none 0."""
    shared = sets[queries].multiply(sets[passages]).sum(axis=1)
    return shared / np.maximum(np.diff(sets.indptr)[queries], 1)


def against(
    query_ids: pd.Series, overlap: np.ndarray, relevant: np.ndarray, scores: Sequence[np.ndarray]
) -> pd.DataFrame:
    """Set a pair's scores against the overlap of its candidates, query by query.

    Of each candidate [n]: its query, its overlap with it, whether it is relevant (bool), and its score with
    each seed; of equal scores the first is ranked first. Columns query_id (sorted); correlation: Spearman's
    between score and overlap, NaN where all overlaps or scores are the same; overlap_relevant (NaN where none
    is a candidate); overlap_top10, of the ten best ranked that are not relevant; overlap_rest, of the others.
    What depends on scores is the mean over seeds, NaN for a query that is so with one seed.
    """
    codes, queries = pd.factorize(query_ids, sort=True)
    query, others = codes[~relevant], pd.Series(overlap[~relevant])

    def ranks(values: pd.Series) -> np.ndarray:
        """The rank of each value among its query's, less their mean; ties share theirs."""
        return values.groupby(query).rank().to_numpy() - (np.bincount(query)[query] + 1) / 2

    def sums(values: np.ndarray) -> np.ndarray:
        return np.bincount(query, values, minlength=len(queries))

    def means(values: pd.Series, of: np.ndarray) -> pd.Series:
        return values.groupby(of).mean().reindex(range(len(queries)))

    of_overlap, per_seed = ranks(others), []
    for seed in scores:
        score = pd.Series(seed[~relevant])
        of_score = ranks(score)  # Spearman's correlation is Pearson's of the ranks
        spread = np.sqrt(sums(of_overlap**2) * sums(of_score**2))
        top = (score.groupby(query).rank(method="first", ascending=False) <= _TOP).to_numpy()
        of_seed = {
            "correlation": sums(of_overlap * of_score) / np.where(spread > 0, spread, np.nan),
            "overlap_top10": means(others[top], query[top]),
            "overlap_rest": means(others[~top], query[~top]),
        }
        per_seed.append(pd.DataFrame(of_seed))
    figures = sum(per_seed) / len(per_seed)
    of_relevant = means(pd.Series(overlap[relevant]), codes[relevant])
    return figures.assign(query_id=queries, overlap_relevant=of_relevant)[_FIGURES]


def _read(path: str | Path, queries: pd.Index) -> pd.DataFrame:
    run = read_parquet(path)
    kept = run[queries.get_indexer(run["query_id"]) >= 0]
    return kept.sort_values(["query_id", "passage_id"], ignore_index=True)


def _overlap(
    candidates: pd.DataFrame, pair: Pair, sets: sparse.csr_array, encodings: Encodings, corpus: Corpus
) -> np.ndarray:
    """The overlap of each candidate with its query, [n]."""
    rows = []
    for kind, side in (("query", pair.query), ("passage", pair.document)):
        codes, ids = pd.factorize(candidates[f"{kind}_id"])
        languages = corpus.side_languages(kind, side).loc[ids]
        rows.append(encodings.rows(kind, "collection", languages.tolist(), list(ids))[codes])
    parts = [
        token_overlap(sets, *(side[start : start + _AT_ONCE] for side in rows))
        for start in range(0, len(candidates), _AT_ONCE)
    ]
    return np.concatenate(parts)
