"""Words of a text, with their places, in any script."""

import unicodedata
from collections.abc import Mapping

import regex

# A word starts with a letter or a digit, so that the marks that belong to emoji (variation selectors, key
# caps) never make one; within it, apostrophes and the joiners of Indic and Persian spelling connect, hyphens
# do not.
_PART = r"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*"
_WORD = regex.compile(rf"{_PART}(?:['’\u200c\u200d]+{_PART})*")

Span = tuple[int, int]


def word_spans(text: str) -> list[Span]:
    """Find the words of `text`.

    Returns:
        (start, end) of each word in code points, from left to right, not overlapping.
    """
    return [match.span() for match in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """Give the words of `text` as they are spelt there, from left to right."""
    return _WORD.findall(text)


def normalize(word: str) -> str:
    """Give the form in which vocabularies and lexicons hold `word`: NFC, lower case, straight apostrophes."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).lower()).replace("’", "'")


def replace_words(text: str, spans: list[Span], replacements: Mapping[int, str]) -> str:
    """Replace words of `text`; whatever lies between the words stays as it is.

    Args:
        text: the text that `spans` were found in.
        spans: its words, from `word_spans`.
        replacements: the new spelling by position (index into `spans`); other words stay.
    """
    pieces, end = [], 0
    for position in sorted(replacements):
        start, stop = spans[position]
        pieces += [text[end:start], replacements[position]]
        end = stop
    return "".join([*pieces, text[end:]])
