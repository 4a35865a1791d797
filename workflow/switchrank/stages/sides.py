"""The texts of a collection, side by side, as stages need them."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from switchrank.files import read_parquet
from switchrank.words import normalize, words


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


def training_words(corpus: Path) -> list[str]:
    """The different English words of training queries and passages."""
    splits = read_parquet(corpus / "splits.parquet").query("split == 'train'")
    found: set[str] = set()
    for side, name in (("query", "queries"), ("passage", "passages")):
        frame = read_parquet(corpus / "en" / f"{name}.parquet")
        kept = frame[frame[f"{side}_id"].isin(splits.loc[splits["side"] == side, "id"])]
        found.update(normalize(word) for text in kept["text"] for word in words(text))
    return sorted(found)
