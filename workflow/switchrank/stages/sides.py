"""The texts of a collection, side by side, as stages need them."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from switchrank.files import read_parquet


def texts_of(corpus: Path, language: str, side: str) -> pd.Series:
    """The texts of one side ("query" or "passage") of the collection in a language, by id."""
    name = {"query": "queries", "passage": "passages"}[side]
    return read_parquet(corpus / language / f"{name}.parquet").set_index(f"{side}_id")["text"]


def to_score(
    candidates: pd.DataFrame, ids: Sequence[str], queries: pd.Series, passages: pd.Series
) -> pd.DataFrame:
    """Candidates of some queries with their texts: query_id, passage_id, query, passage."""
    asked = candidates.loc[candidates["query_id"].isin(ids), ["query_id", "passage_id"]]
    return asked.assign(
        query=queries.loc[asked["query_id"]].to_numpy(), passage=passages.loc[asked["passage_id"]].to_numpy()
    ).reset_index(drop=True)
