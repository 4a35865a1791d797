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
        "freedict": "switchrank.lexicons.freedict:FreeDict",
        "shuffled": "switchrank.lexicons.shuffled:Shuffled",
        "file": "switchrank.lexicons.given:Given",
    },
)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a lexicon is made from and measured with; paths are given as the kind needs them."""

    source: str  # its languages (BCP 47); one of the two is the experiment's source language
    target: str
    source_language: str  # the experiment's
    corpus: Corpus  # of whose training words the coverage is measured
    names: str | Path  # folder of the tagging schema; see dictionaries
    source_vectors: str | Path | None = None  # "vectors": word vectors in one space
    target_vectors: str | Path | None = None
    frequent: str | Path | None = None  # "vectors": `vocabulary`'s counts of the other language, JSON
    lexicon: str | Path | None = None  # "lexicon": another lexicon with the same languages, TSV
    file: str | Path | None = None  # "file": a user's lexicon with these languages, TSV
    asset: str | Path | None = None  # folder of the download that the kind names, if it names one

    @property
    def from_source_language(self) -> bool:
        """Whether it translates from the experiment's source language, and not into it."""
        return self.source == self.source_language


class Lexicon(ABC):
    """Makes the lexicon from one language into another.

    A kind of lexicon is a class in a file of its own, named in LEXICONS.
    """

    Settings: ClassVar[type]  # what the config may say of it, a frozen dataclass; see settings.schema_of
    method: str  # how it is made, for its figures
    # "vectors", "lexicon" (named by its setting `of`), "file" (source-target.tsv in its setting `folder`)
    needs: ClassVar[frozenset[str]] = frozenset()
    training_only: ClassVar[bool] = False  # from the source language only, for training data
    measured: ClassVar[bool] = True  # whether the seed dictionary is a fair measure of it

    def __init__(self, settings: Any):
        """Take the settings, an instance of Settings."""
        self.settings = settings

    @classmethod
    def check(cls, settings: Any, lexicons: Mapping[str, Mapping[str, Any]]) -> str | None:
        """What a schema cannot see, given all lexicons of the config: "key: found …, expected …", or None."""
        return None

    @classmethod
    def lacking(cls, source: str, target: str) -> str | None:
        """Why there is no lexicon from a language into another; None if there is one."""
        return None

    @classmethod
    def asset(cls, source: str, target: str) -> str | None:
        """The download that a lexicon from a language into another is made from, beside what all need."""
        return None

    @abstractmethod
    def make(self, inputs: Inputs) -> pd.DataFrame:
        """The lexicon: source, target, score or share, the best translation of each source first.

        Raises:
            UserError: a file is missing, or is not what is expected.
        """

    def target_words(self, inputs: Inputs, lexicon: pd.DataFrame) -> Collection[str]:
        """The words that the translations were chosen from."""
        return set(lexicon["target"])
