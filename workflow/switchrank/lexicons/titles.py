"""Parallel titles of up to three words: what parallel titles of Wikipedia articles are to the paper.

The names of map features in the OpenStreetMap tagging schema are translated by hand ("Bus Stop" →
"Haltestelle"); see dictionaries for which of its texts are parallel. Of Hindi it has next to nothing.
"""

import re

import pandas as pd

from switchrank.errors import UserError
from switchrank.lexicons.base import Inputs, Lexicon
from switchrank.lexicons.dictionaries import parallel_names
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
        """Source, target, share: of the names with this title, those with this translation.

        Sources are in code point order, the more frequent translation of each first; see Lexicon.make.
        """
        pairs = [
            (title, translation)
            for title, translation in parallel_names(inputs.names, inputs.source, inputs.target)
            if can_be_found(title, inputs.source) and not _UNFIT.search(translation)
        ]
        counts = pd.DataFrame(pairs, columns=["source", "target"]).value_counts().reset_index()
        if (number := counts["source"].nunique()) < _TOO_FEW:
            languages = f"{inputs.source} with {inputs.target}"
            raise UserError(
                f"{inputs.names}: found {number} titles in {languages}, expected {_TOO_FEW} or more"
            )
        counts[SHARE] = counts["count"] / counts.groupby("source")["count"].transform("sum")
        order, ascending = ["source", SHARE, "target"], [True, False, True]
        return counts.sort_values(order, ascending=ascending, ignore_index=True)[["source", "target", SHARE]]
