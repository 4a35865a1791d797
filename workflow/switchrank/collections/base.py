"""What every collection gives, and how it lies on disk: texts by language and id, qrels, splits."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self

import pandas as pd

from switchrank.collections.mixing import drawn_languages
from switchrank.errors import UserError
from switchrank.files import read_arrow, read_json, read_parquet, write_arrow, write_json, write_parquet
from switchrank.languages import Side
from switchrank.registry import Registry

SPLITS = ("train", "dev", "test")
KINDS = ("query", "passage")  # of items
_FILES = {"query": "queries.arrow", "passage": "passages.arrow"}

COLLECTIONS = Registry(
    "collection", "switchrank.collections", {"pocket": "switchrank.collections.pocket:Pocket"}
)


@dataclass(frozen=True)
class Contents:
    """A collection held in memory, to be written.

    Attributes:
        queries, passages: of each language, text by id (strings), sorted by id.
        qrels: columns query_id, passage_id, relevance (int; relevant is what has 1 or more).
        splits: columns side ("query" or "passage"), id, split (one of SPLITS).
        candidates: of a collection that comes with them: columns query_id, passage_id, rank, score and, where
            they differ by pair, pair.
        stats: counts, ready for JSON.
    """

    queries: Mapping[str, pd.Series]
    passages: Mapping[str, pd.Series]
    qrels: pd.DataFrame
    splits: pd.DataFrame
    candidates: pd.DataFrame | None = None
    stats: Mapping[str, Any] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        """Write {language}/{queries,passages}.arrow, qrels, splits, candidates and stats.json."""
        for language in self.queries:
            write_texts(folder, language, self.queries[language], self.passages[language])
        write_parquet(folder / "qrels.parquet", self.qrels)
        write_parquet(folder / "splits.parquet", self.splits)
        if self.candidates is not None:
            write_parquet(folder / "candidates.parquet", self.candidates)
        write_json(folder / "stats.json", dict(self.stats))


class Collection(ABC):
    """Reads one collection from its downloaded or user-given files.

    A kind of collection is a class in a file of its own, named in COLLECTIONS.

    Attributes:
        Settings: what the config may say of it, a frozen dataclass; see settings.schema_of.
        assets: names of the downloads (assets.yaml) that it is read from.
        languages: all that it has (BCP 47); empty: those that the config names.
        parallel: whether its ids are the same in every language.
        brings_candidates: whether it comes with candidates, so that none are retrieved.
        modality: of its queries and passages.
    """

    Settings: ClassVar[type]
    assets: ClassVar[tuple[str, ...]] = ()
    languages: ClassVar[tuple[str, ...]] = ()
    parallel: ClassVar[bool] = True
    brings_candidates: ClassVar[bool] = False
    modality: ClassVar[str] = "text"

    def __init__(self, settings: Any, assets: Mapping[str, Path]):
        """Take the settings, an instance of Settings, and the folder of each of the assets."""
        self.settings, self.folders = settings, assets

    @classmethod
    def check(cls, settings: Any) -> str | None:
        """Say what is wrong with settings that a schema cannot see, if anything is."""
        return None

    @abstractmethod
    def load(self, languages: Sequence[str]) -> Contents:
        """Read the collection in these languages.

        Raises:
            UserError: a file is missing, or is not what is expected.
        """


class Corpus:
    """A collection on disk; what is asked for is read when it is asked for, texts memory-mapped.

    Texts may be those of another view, such as the collection brought to English word by word: an item is
    known by (view, language, id), never by its text.
    """

    def __init__(self, folder: Path, texts: Path):
        self._folder, self._texts = folder, texts
        self._read: dict[tuple[str, str], pd.Series] = {}

    @classmethod
    def read(cls, folder: str | Path, view: str | Path | None = None) -> Self:
        """Open what `Contents.write` wrote.

        Args:
            folder: of the collection.
            view: folder with {language}/{queries,passages}.arrow of other texts; of a language that it lacks,
                they are the collection's own.
        """
        return cls(Path(folder), Path(view or folder))

    def queries(self, language: str) -> pd.Series:
        """The queries in a language: text by id."""
        return self.texts("query", language)

    def passages(self, language: str, ids: Sequence[str] | None = None) -> pd.Series:
        """The passages in a language, or those with some ids: text by id."""
        return self.texts("passage", language, ids)

    def texts(self, kind: str, language: str, ids: Sequence[str] | None = None) -> pd.Series:
        """Queries or passages in a language: text by id, in the order of `ids`.

        Args:
            kind: "query" or "passage".
            language: BCP 47.
            ids: which ones; all, in the order of the file, if None.

        Raises:
            UserError: the collection has no such file, or lacks an id.
        """
        if (kind, language) not in self._read:
            lacking = not (self._texts / language).is_dir()  # the source language is not translated
            folder = self._folder if lacking else self._texts
            self._read[kind, language] = read_texts(folder, language, kind)
        texts = self._read[kind, language]
        if ids is None:
            return texts
        rows = texts.index.get_indexer(pd.Index(ids))
        if len(rows) and rows.min() < 0:
            raise UserError(
                f"{self._texts / language}: found no {kind} {list(ids)[rows.argmin()]!r}, expected its text"
            )
        return texts.iloc[rows]

    def side(self, kind: str, side: Side) -> pd.DataFrame:
        """The items on a side of a pair: columns language, text; index id."""
        languages = self.side_languages(kind, side)
        texts = {own: self.texts(kind, own).to_dict() for own in set(languages)}
        text = [texts[own][i] for i, own in languages.items()]
        return pd.DataFrame({"language": languages, "text": text}, index=languages.index)

    def side_languages(self, kind: str, side: Side) -> pd.Series:
        """The language of each item on a side of a pair, by id; see mixing.drawn_languages."""
        return drawn_languages({own: self.texts(kind, own).index for own in side.languages}, side, kind)

    @cached_property
    def qrels(self) -> pd.DataFrame:
        """Columns query_id, passage_id, relevance."""
        return read_parquet(self._folder / "qrels.parquet")

    @cached_property
    def relevant(self) -> pd.DataFrame:
        """The qrels with a relevance of 1 or more."""
        return self.qrels[self.qrels["relevance"] >= 1]

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """The candidates that the collection came with."""
        return read_parquet(self._folder / "candidates.parquet")

    @cached_property
    def stats(self) -> dict[str, Any]:
        """Counts."""
        return read_json(self._folder / "stats.json")

    def ids(self, kind: str, split: str) -> list[str]:
        """The sorted ids of queries or passages ("query", "passage") in a split."""
        chosen = self._splits[(self._splits["side"] == kind) & (self._splits["split"] == split)]
        return sorted(chosen["id"])

    @cached_property
    def _splits(self) -> pd.DataFrame:
        return read_parquet(self._folder / "splits.parquet")


def write_texts(folder: Path, language: str, queries: pd.Series, passages: pd.Series) -> None:
    """Write the texts of a view in a language: text by id."""
    for kind, texts in zip(KINDS, (queries, passages), strict=True):
        frame = pd.DataFrame({f"{kind}_id": texts.index, "text": texts.to_numpy()})
        write_arrow(folder / language / _FILES[kind], frame)


def read_texts(folder: Path, language: str, kind: str) -> pd.Series:
    """Read queries or passages of a view in a language: text by id."""
    return read_arrow(folder / language / _FILES[kind]).set_index(f"{kind}_id")["text"]


def text_files(language: str) -> list[str]:
    """The files that a view's texts in a language lie in, below its folder."""
    return [f"{language}/{name}" for name in _FILES.values()]
