"""What every kind of lexicon gives: translations from one language into another."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from switchrank.collections.base import Corpus
from switchrank.registry import Registry

LEXICONS = Registry(
    "lexicon",
    "switchrank.lexicons",
    {
        "induced": "switchrank.lexicons.induced:Induced",
        "titles": "switchrank.lexicons.titles:Titles",
        "shuffled": "switchrank.lexicons.shuffled:Shuffled",
        "file": "switchrank.lexicons.given:Given",
    },
)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a lexicon is made from and measured with.

    Attributes:
        source, target: its languages (BCP 47); either is the experiment's source language.
        source_language: the experiment's.
        corpus: whose training words tell the coverage.
        names: folder of the tagging schema; see dictionaries.
        source_vectors, target_vectors: of a kind that needs "vectors": word vectors in one space.
        frequent: of such a kind: the counts of `vocabulary`, JSON, of the language that is not the source
            language.
        lexicon: of a kind that needs "lexicon": another lexicon with the same languages, TSV.
        file: of a kind that needs "file": a user's lexicon with these languages, TSV.
    """

    source: str
    target: str
    source_language: str
    corpus: Corpus
    names: str | Path
    source_vectors: str | Path | None = None
    target_vectors: str | Path | None = None
    frequent: str | Path | None = None
    lexicon: str | Path | None = None
    file: str | Path | None = None

    @property
    def from_source_language(self) -> bool:
        """Whether it translates from the experiment's source language, and not into it."""
        return self.source == self.source_language


class Lexicon(ABC):
    """Makes the lexicon from one language into another.

    A kind of lexicon is a class in a file of its own, named in LEXICONS.

    Attributes:
        Settings: what the config may say of it, a frozen dataclass; see settings.schema_of.
        method: how it is made, for its figures.
        needs: of "vectors", "lexicon" (that its setting `of` names) and "file" (source-target.tsv in its
            setting `folder`) those that it is made from.
        training_only: whether there is one from the source language only, for training data.
        measured: whether the seed dictionary is a fair measure of it.
    """

    Settings: ClassVar[type]
    method: str
    needs: ClassVar[frozenset[str]] = frozenset()
    training_only: ClassVar[bool] = False
    measured: ClassVar[bool] = True

    def __init__(self, settings: Any):
        """Take the settings, an instance of Settings."""
        self.settings = settings

    @classmethod
    def check(cls, settings: Any, lexicons: Mapping[str, Mapping[str, Any]]) -> str | None:
        """What a schema cannot see of a lexicon's settings: "key: found …, expected …", or None.

        Args:
            settings: an instance of Settings.
            lexicons: all of the config: name → entry.
        """
        return None

    @classmethod
    def lacking(cls, source: str, target: str) -> str | None:
        """Why there is no lexicon from a language into another; None if there is one."""
        return None

    @abstractmethod
    def make(self, inputs: Inputs) -> pd.DataFrame:
        """Make the lexicon: source, target, score or share, the best translation of each source first.

        Raises:
            UserError: a file is missing, or is not what is expected.
        """

    def target_words(self, inputs: Inputs, lexicon: pd.DataFrame) -> Collection[str]:
        """The words that the translations were chosen from."""
        return set(lexicon["target"])
