"""What every collection gives: parallel queries and passages, qrels and splits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from switchrank.files import write_json, write_parquet

SPLITS = ("train", "dev", "test")


@dataclass(frozen=True)
class Corpus:
    """A collection in all its languages, held as frames; rows are ordered by id.

    Attributes:
        queries: per language, columns query_id, text; the same ids in every language.
        passages: per language, columns passage_id, text; the same ids in every language.
        qrels: columns query_id, passage_id, relevance (int).
        splits: columns side ("query" or "passage"), id, split (one of SPLITS).
        stats: counts, ready for JSON.
    """

    queries: Mapping[str, pd.DataFrame]
    passages: Mapping[str, pd.DataFrame]
    qrels: pd.DataFrame
    splits: pd.DataFrame
    stats: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write {lang}/{queries,passages}.parquet, qrels, splits and stats.json into `folder`."""
        for language in self.queries:
            write_parquet(folder / language / "queries.parquet", self.queries[language])
            write_parquet(folder / language / "passages.parquet", self.passages[language])
        write_parquet(folder / "qrels.parquet", self.qrels)
        write_parquet(folder / "splits.parquet", self.splits)
        write_json(folder / "stats.json", dict(self.stats))


class Collection(Protocol):
    """Reads one collection from its downloaded or user-given files."""

    def load(self, languages: Sequence[str]) -> Corpus:
        """Read the collection in these languages (ISO 639-1).

        Raises:
            UserError: a file is missing, or is not what is expected.
        """
        ...


def ids_of(splits: pd.DataFrame, side: str, split: str) -> list[str]:
    """The sorted ids of one side ("query" or "passage") in one split."""
    chosen = splits[(splits["side"] == side) & (splits["split"] == split)]
    return sorted(chosen["id"])
