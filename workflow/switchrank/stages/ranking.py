"""Runs of the systems without training, and what all runs have in common."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.collections.base import ids_of
from switchrank.collections.mixing import side_text
from switchrank.encoders import encodings
from switchrank.files import read_parquet, write_parquet
from switchrank.languages import parse_pair
from switchrank.stages.sides import texts_of, to_score


def rank_cosine(
    encoded: Mapping[str, Path], corpus: Path, candidates: Path, runs: Mapping[str, Path]
) -> None:
    """Score the candidates of the test queries by the cosine of the sentence vectors; see rank_kernel."""
    frozen = encodings.load(list(encoded.values()))
    for pair, asked in pairs_to_score(corpus, corpus, candidates, encoded, runs):
        queries, passages = (frozen.sentences_of(asked[side]) for side in ("query", "passage"))
        write_run(runs[pair], asked, np.einsum("ij,ij->i", queries, passages))


def rank_bm25(found: Mapping[str, Path], corpus: Path, candidates: Path, runs: Mapping[str, Path]) -> None:
    """Score the candidates of the test queries by BM25 in their own language; what it did not find gets 0.

    Args:
        found: language → BM25 run over the whole collection.
        corpus, candidates: what is ranked.
        runs: pair (of one language) → run to write.
    """
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    chosen = read_parquet(candidates)
    asked = chosen.loc[chosen["query_id"].isin(queries), ["query_id", "passage_id"]]
    for pair, path in runs.items():
        scored = asked.merge(read_parquet(found[parse_pair(pair)[0]]), how="left")
        write_run(path, scored, scored["score"].fillna(0).to_numpy())


def pairs_to_score(
    corpus: Path, texts: Path, candidates: Path, languages: Iterable[str], pairs: Iterable[str]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Give each pair, and the candidates of the test queries with their texts in its two languages.

    Args:
        corpus, candidates: what is ranked.
        texts: folder of its texts: the collection itself, or its texts brought to English.
        languages: all that the pairs need.
        pairs: which ones.

    Yields:
        pair; columns query_id, passage_id, query, passage.
    """
    ids = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    chosen = read_parquet(candidates)
    sides = {side: {own: texts_of(texts, own, side) for own in languages} for side in ("query", "passage")}
    for pair in pairs:
        query_language, document_language = parse_pair(pair)
        queries = side_text(sides["query"], query_language, "query")
        passages = side_text(sides["passage"], document_language, "passage")
        yield pair, to_score(chosen, ids, queries, passages)


def write_run(path: Path, asked: pd.DataFrame, scores: np.ndarray) -> None:
    """Write scores [n] of pairs (query_id, passage_id) as a run.

    They are rounded to five decimals, so that equal passages are tied whatever batch they were scored in.
    """
    rounded = np.round(np.asarray(scores, dtype=np.float64), 5)
    write_parquet(path, asked[["query_id", "passage_id"]].assign(score=rounded))
