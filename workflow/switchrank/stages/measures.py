"""Reciprocal ranks of runs, query by query: what all figures are made of."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from switchrank.collections.base import ids_of
from switchrank.files import read_parquet, write_parquet
from switchrank.tasks.ranking import reciprocal_ranks


def measure(runs: Mapping[str, Mapping[str, Path]], corpus: Path, measures: Mapping[str, Path]) -> None:
    """Write the RR@10 of every test query.

    Args:
        runs: seed → pair → run.
        corpus: folder of the collection.
        measures: pair → file to write: columns seed (integer), query_id, rr, by seed and query_id.
    """
    queries = ids_of(read_parquet(corpus / "splits.parquet"), "query", "test")
    qrels = read_parquet(corpus / "qrels.parquet")
    for pair, path in measures.items():
        frames = []
        for seed in sorted(runs, key=int):
            values = reciprocal_ranks(read_parquet(runs[seed][pair]), qrels, queries)
            frames.append(
                pd.DataFrame({"seed": int(seed), "query_id": values.index, "rr": values.to_numpy()})
            )
        write_parquet(path, pd.concat(frames, ignore_index=True))


def read_measures(paths: Mapping[str, Path]) -> dict[str, pd.DataFrame]:
    """Read what `measure` wrote: pair → RR@10, index query_id (sorted), a column for each seed."""
    return {
        pair: read_parquet(path).pivot(index="query_id", columns="seed", values="rr")
        for pair, path in paths.items()
    }
