"""Dictionaries in the format of the server dictd: a compressed text, and an index of where entries are in it.

A line of the index is a headword, where an entry begins and how long it is, in bytes, as numbers to base 64
(dictfmt(1)). Headwords are folded there; an entry may have several, and a headword several entries.
"""

import gzip
from pathlib import Path
from string import ascii_lowercase, ascii_uppercase, digits

from switchrank.files import REFETCH, reading

_DIGITS = {sign: value for value, sign in enumerate(f"{ascii_uppercase}{ascii_lowercase}{digits}+/")}
_ABOUT = "00database"  # what headwords begin with under which the dictionary speaks of itself


def read_entries(index: str | Path, text: str | Path) -> list[str]:
    """Read the entries of a dictionary (.index and .dict.dz), each once, in the order of the text.

    Raises:
        Unreadable: a file is missing or damaged, or the index names a place that the text does not have.
    """
    with reading(index, REFETCH):
        lines = Path(index).read_text(encoding="utf-8").split("\n")[:-1]
        places = {_place(line) for line in lines if not line.startswith(_ABOUT)}
    with reading(text, REFETCH), gzip.open(text) as handle:
        content = handle.read()
    with reading(index, REFETCH):
        if beyond := next((place for place in places if sum(place) > len(content)), None):
            raise ValueError(f"{sum(beyond)} bytes expected in {text}, found {len(content)}")
    with reading(text, REFETCH):
        return [content[start : start + length].decode() for start, length in sorted(places)]


def _place(line: str) -> tuple[int, int]:
    """Where an entry begins and how long it is."""
    _, start, length = line.split("\t")
    return _number(start), _number(length)


def _number(text: str) -> int:
    value = 0
    for sign in text:
        value = 64 * value + _DIGITS[sign]
    return value
