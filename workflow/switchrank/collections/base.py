"""What every collection gives, and how it is stored: texts by language and id, qrels, splits."""

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from reprlib import repr as shortened
from typing import Any, ClassVar, Self

import pandas as pd

from switchrank.collections.ids import KEYS
from switchrank.errors import UserError
from switchrank.files import read_arrow, read_parquet, write_arrow, write_json, write_parquet
from switchrank.languages import Side
from switchrank.registry import Registry
from switchrank.text.normalisation import clean

SPLITS = ("train", "dev", "test")
KINDS = ("query", "passage")  # of items
_FILES = {"query": "queries.arrow", "passage": "passages.arrow"}

COLLECTIONS = Registry(
    "collection", "switchrank.collections", {"pocket": "switchrank.collections.pocket:Pocket"}
)


@dataclass(frozen=True)
class Contents:
    """A collection in memory."""

    queries: Mapping[str, pd.Series]  # of each language, text by id (strings), sorted by id
    passages: Mapping[str, pd.Series]  # likewise
    qrels: pd.DataFrame  # columns query_id, passage_id, relevance (int; 1 or more is relevant)
    splits: pd.DataFrame  # columns side ("query" or "passage"), id, split (one of SPLITS)
    # If it comes with any: columns query_id, passage_id, rank, score and, where they differ by pair, pair.
    candidates: pd.DataFrame | None = None
    stats: Mapping[str, Any] = field(default_factory=dict)  # counts, ready for JSON

    def check(self) -> None:
        """UserError in one line for the first empty text, invalid id, or id of no item."""
        known = {"query": _checked(self.queries, "query"), "passage": _checked(self.passages, "passage")}
        named = [(f"qrels, column {kind}_id", kind, self.qrels[f"{kind}_id"]) for kind in KINDS]
        named += [("splits", kind, self.splits["id"][self.splits["side"] == kind]) for kind in KINDS]
        if self.candidates is not None:
            named += [
                (f"candidates, column {kind}_id", kind, self.candidates[f"{kind}_id"]) for kind in KINDS
            ]
        for where, kind, ids in named:
            if len(unknown := ids[~ids.isin(known[kind])]):
                raise UserError(f"{where}: found {unknown.iloc[0]!r}, expected the id of a {kind}")
        for columns, where in ((["side", "id"], "splits"), (KEYS, "qrels")):
            frame = self.splits if where == "splits" else self.qrels
            if (twice := frame.duplicated(columns)).any():
                ids = " ".join(frame.loc[twice, columns].iloc[0])
                raise UserError(f"{where}: found {ids!r} twice, expected it once")

    def write(self, folder: Path) -> None:
        """Write texts, qrels, splits, stats and, if there are any, candidates, as Corpus reads them.

        Raises:
            UserError: they are not what a collection is made of; see check.
        """
        self.check()
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
    """

    Settings: ClassVar[type]  # what the config may say of it, a frozen dataclass; see settings.schema_of
    assets: ClassVar[tuple[str, ...]] = ()  # the downloads (assets.yaml) that it is read from
    languages: ClassVar[tuple[str, ...]] = ()  # all that it has (BCP 47); empty: those that the config names
    parallel: ClassVar[bool] = True  # whether its ids are the same in every language
    brings_candidates: ClassVar[bool] = False  # whether it has candidates, so that none are retrieved
    modality: ClassVar[str] = "text"  # of its queries and passages

    def __init__(self, settings: Any, assets: Mapping[str, Path]):
        """Take the settings, an instance of Settings, and the folder of each of the assets."""
        self.settings, self.folders = settings, assets

    @classmethod
    def check(cls, settings: Any) -> str | None:
        """Say what is wrong with settings that a schema cannot see, if anything is."""
        return None

    @abstractmethod
    def load(self, languages: Sequence[str]) -> Contents:
        """Read the collection in these languages; UserError if a file is missing or not what is expected."""


class Corpus:
    """A stored collection; each file is read when it is first needed, texts memory-mapped.

    Texts may be those of another view, such as the collection translated to English word by word: an item is
    known by (view, language, id), never by its text.
    """

    def __init__(self, folder: Path, view: Path):
        self._folder, self._view = folder, view
        self._texts: dict[tuple[str, str], pd.Series] = {}

    @classmethod
    def read(cls, folder: str | Path, view: str | Path | None = None) -> Self:
        """Open what `Contents.write` wrote; with a view, its texts in those languages that it has."""
        return cls(Path(folder), Path(view or folder))

    def queries(self, language: str) -> pd.Series:
        """The queries in a language: text by id."""
        return self.texts("query", language)

    def passages(self, language: str, ids: Sequence[str] | None = None) -> pd.Series:
        """The passages in a language, or those with some ids: text by id."""
        return self.texts("passage", language, ids)

    def texts(self, kind: str, language: str, ids: Sequence[str] | None = None) -> pd.Series:
        """The items of a kind in a language, all or some ids: text by id; UserError if an id has none."""
        if (kind, language) not in self._texts:
            folder = self._view if (self._view / language).is_dir() else self._folder
            self._texts[kind, language] = read_texts(folder, language, kind)
        texts = self._texts[kind, language]
        if ids is None:
            return texts
        rows = texts.index.get_indexer(pd.Index(ids))
        if len(rows) and rows.min() < 0:
            missing = list(ids)[rows.argmin()]
            raise UserError(f"{self._view / language}: found no {kind} {missing!r}, expected its text")
        return texts.iloc[rows]

    def side(self, kind: str, side: Side) -> pd.DataFrame:
        """The items on a side of a pair: columns language, text; index id."""
        languages = self.side_languages(kind, side)
        texts = {language: self.texts(kind, language).to_dict() for language in set(languages)}
        text = [texts[language][i] for i, language in languages.items()]
        return pd.DataFrame({"language": languages, "text": text}, index=languages.index)

    def side_languages(self, kind: str, side: Side) -> pd.Series:
        """The language of each item on a side of a pair, by id; see drawn_languages."""
        ids = {language: self.texts(kind, language).index for language in side.languages}
        return drawn_languages(ids, side, kind)

    def ids(self, kind: str, split: str) -> list[str]:
        """The sorted ids of a kind of items in a split."""
        chosen = self._splits[(self._splits["side"] == kind) & (self._splits["split"] == split)]
        return sorted(chosen["id"])

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
    def _splits(self) -> pd.DataFrame:
        return read_parquet(self._folder / "splits.parquet")


def _checked(texts: Mapping[str, pd.Series], kind: str) -> set[str]:
    """The ids of the items of a kind; UserError if one is empty or comes twice, or if its text is empty."""
    ids: set[str] = set()
    for language, own in texts.items():
        where = f"language {language}"
        if (twice := own.index.duplicated()).any():
            raise UserError(f"{where}: found two {kind} texts of {own.index[twice][0]!r}, expected one")
        for i, text in own.items():
            if not (isinstance(i, str) and i.strip()):
                raise UserError(f"{where}: found {i!r} as the id of a {kind}, expected a text")
            if not _is_text(text, language):
                raise UserError(f"{where}: found {shortened(text)} as {kind} {i!r}, expected a text")
        ids.update(own.index)
    return ids


def _is_text(text: Any, language: str) -> bool:
    """Whether something is a text that can be stored, of which something is left when it is cleaned."""
    try:
        text.encode()
    except (AttributeError, UnicodeEncodeError):
        return False
    # The first characters mostly say so; to clean a long text takes longer.
    return any(clean(part, language).strip() for part in (text[:20], text))


def drawn_languages(ids: Mapping[str, pd.Index], side: Side, kind: str) -> pd.Series:
    """The language that each id has on a side: language by id, ids in the order of their first language.

    On a mixed side an id is drawn one of the languages that have it, once and for all, by a hash of (side,
    kind, id): its draw depends on no other id, and those of queries and passages do not depend on each other.
    `ids` are those of each language of the side.
    """
    if not side.mixed:
        return pd.Series(side.name, index=ids[side.name])
    languages_of = defaultdict(list)
    for language in side.languages:
        for i in ids[language]:
            languages_of[i].append(language)
    drawn = []
    for i, languages in languages_of.items():
        digest = hashlib.blake2b(f"{side.name}/{kind}/{i}".encode(), digest_size=8).digest()
        drawn.append(languages[int.from_bytes(digest) % len(languages)])
    return pd.Series(drawn, index=pd.Index(languages_of))


def write_texts(folder: Path, language: str, queries: pd.Series, passages: pd.Series) -> None:
    """Write the texts of a view in a language: text by id."""
    for kind, texts in zip(KINDS, (queries, passages), strict=True):
        frame = pd.DataFrame({f"{kind}_id": texts.index, "text": texts.to_numpy()})
        write_arrow(folder / language / _FILES[kind], frame)


def read_texts(folder: Path, language: str, kind: str) -> pd.Series:
    """Read queries or passages of a view in a language: text by id."""
    return read_arrow(folder / language / _FILES[kind]).set_index(f"{kind}_id")["text"]


def text_files(language: str) -> list[str]:
    """The files of a view's texts in a language, below its folder."""
    return [f"{language}/{name}" for name in _FILES.values()]
