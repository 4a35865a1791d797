"""The candidates of every query, from BM25 and the frozen encoder."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from switchrank.encoders.encodings import load
from switchrank.files import read_parquet, write_parquet
from switchrank.retrieval.candidates import dense, fuse


def choose_candidates(
    bm25: Path, encoded: Sequence[Path], corpus: Path, settings: Mapping[str, Any], output: Path
) -> None:
    """Write the candidates of every query.

    Args:
        bm25: run of the English side.
        encoded: the encoded English side; not needed for method "bm25".
        corpus: folder of the collection.
        settings: method ("fused" or "bm25") and depth, the passages that each method gives to a query.
        output: file to write; columns query_id, passage_id, rank, score.
    """
    runs = [read_parquet(bm25)]
    if settings["method"] == "fused":
        encodings = load(encoded)
        queries = read_parquet(corpus / "en" / "queries.parquet")
        passages = read_parquet(corpus / "en" / "passages.parquet")
        vectors = [encodings.sentences_of(frame["text"]) for frame in (queries, passages)]
        ids = queries["query_id"].tolist(), passages["passage_id"].tolist()
        runs.append(dense(ids[0], vectors[0], ids[1], vectors[1], settings["depth"]))
    write_parquet(output, fuse(runs, settings["depth"]))
