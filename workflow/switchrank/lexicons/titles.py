"""Parallel titles of up to three words: what parallel titles of Wikipedia articles are to the paper.

The names of map features in the OpenStreetMap tagging schema are translated by hand ("Bus Stop" →
"Haltestelle"); see dictionaries for which of its texts are parallel. Of Hindi it has next to nothing.
"""

import re
from pathlib import Path

import pandas as pd

from switchrank.errors import UserError
from switchrank.lexicons.base import Inputs, Lexicon
from switchrank.lexicons.dictionaries import names
from switchrank.lexicons.tsv import SHARE, can_be_found
from switchrank.registry import NoSettings

_LACKING = ("hi",)  # languages that the schema has next to nothing of
_TOO_FEW = 500  # the other languages have thousands
_UNFIT = re.compile(r"[()\[\]{}/\\\"“”„«»„,;:…（）「」、]")


class Titles(Lexicon):
    """Titles; their precision is not measured, as the seed dictionary is made of the same names."""

    Settings = NoSettings
    method = "titles"
    measured = False

    @classmethod
    def lacking(cls, source: str, target: str) -> str | None:
        """Languages with next to no titles; see Lexicon.lacking."""
        language = next((language for language in (source, target) if language in _LACKING), None)
        return language and f"there are next to no titles in {language}"

    def make(self, inputs: Inputs) -> pd.DataFrame:
        """Source, target, share; see Lexicon.make."""
        return titles(inputs.names, inputs.source, inputs.target)


def titles(folder: str | Path, source: str, target: str) -> pd.DataFrame:
    """The titles in one language that have a translation in another (BCP 47), from the schema's folder.

    Returns:
        source (normalised, at most three words parted by single blanks and nothing else), target (no
        brackets, slashes, quotes or the like), share (of the places with this title, those at which it has
        this translation); sources in code point order, the more frequent translation of each first.

    Raises:
        UserError: a file is missing or not the schema's, or there are too few titles to be a lexicon.
    """
    sources, translations = names(folder, source), names(folder, target)
    pairs = pd.DataFrame(
        [
            (title, translations[place])
            for place, title in sources.items()
            if place in translations and can_be_found(title) and not _UNFIT.search(translations[place])
        ],
        columns=["source", "target"],
    )
    counts = pairs.value_counts().reset_index()
    if (number := counts["source"].nunique()) < _TOO_FEW:
        raise UserError(
            f"{folder}: found {number} titles in {source} with {target}, expected {_TOO_FEW} or more"
        )
    counts[SHARE] = counts["count"] / counts.groupby("source")["count"].transform("sum")
    order = ["source", SHARE, "target"]
    ordered = counts.sort_values(order, ascending=[True, False, True], ignore_index=True)
    return ordered[["source", "target", SHARE]]
