"""Parallel titles of up to three words: what parallel titles of Wikipedia articles are to the paper.

The names of map features in the OpenStreetMap tagging schema are translated by hand ("Bus Stop" →
"Haltestelle"); see dictionaries for which of its texts are parallel. Of Hindi it has next to nothing.
"""

import re
from pathlib import Path

import pandas as pd

from switchrank.errors import UserError
from switchrank.lexicons.dictionaries import names
from switchrank.lexicons.tsv import SHARE
from switchrank.training.switching import can_be_found

LACKING = ("hi",)  # languages that the schema has next to nothing of
_TOO_FEW = 500  # the other languages have thousands
_UNFIT = re.compile(r"[()\[\]{}/\\\"“”„«»„,;:…（）「」、]")


def titles(folder: Path, source: str, target: str) -> pd.DataFrame:
    """Give the titles in one language that have a translation in another; one of the two is English.

    Args:
        folder: the schema's dist/translations, one JSON file a language.
        source, target: ISO 639-1.

    Returns:
        source (normalised, at most three words parted by single blanks and nothing else), target (no
        brackets, slashes, quotes or the like), share (of the places with this title, those at which it has
        this translation); sources in code point order, the more frequent translation of each first.

    Raises:
        UserError: a file is missing or not the schema's, or there are too few titles to be a lexicon.
    """
    ours, theirs = names(folder, source), names(folder, target)
    pairs = pd.DataFrame(
        [
            (title, theirs[place])
            for place, title in ours.items()
            if place in theirs and can_be_found(title) and not _UNFIT.search(theirs[place])
        ],
        columns=["source", "target"],
    )
    counts = pairs.value_counts(["source", "target"]).rename("count").reset_index()
    if counts["source"].nunique() < _TOO_FEW:
        found = counts["source"].nunique()
        raise UserError(
            f"{folder}: found {found} titles in {source} with {target}, expected {_TOO_FEW} or more"
        )
    counts[SHARE] = counts["count"] / counts.groupby("source")["count"].transform("sum")
    ordered = counts.sort_values(
        ["source", SHARE, "target"], ascending=[True, False, True], ignore_index=True
    )
    return ordered[["source", "target", SHARE]]
