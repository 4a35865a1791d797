"""Words of a text, with their positions, in any script; stop words."""

import unicodedata
from collections.abc import Mapping

import regex

from switchrank.languages import base_language

# A word starts with a letter or a digit, so that the marks that belong to emoji (variation selectors, key
# caps) never make one; within it, apostrophes and the joiners of Indic and Persian spelling connect, hyphens
# do not.
_PART = r"[\p{L}\p{Nd}][\p{L}\p{M}\p{Nd}]*"
_WORD = regex.compile(rf"{_PART}(?:['’\u200c\u200d]+{_PART})*")

# The default set of Lucene's English analyzer.
_STOP_WORDS = {
    "en": "a an and are as at be but by for if in into is it no not of on or such that the their then there "
    "these they this to was will with",
}

Span = tuple[int, int]


def word_spans(text: str) -> list[Span]:
    """The (start, end) of each word of `text` in code points, from left to right, not overlapping."""
    return [match.span() for match in _WORD.finditer(text)]


def words(text: str) -> list[str]:
    """The words of `text` as it spells them, from left to right."""
    return _WORD.findall(text)


def normalize(word: str) -> str:
    """The form in which vocabularies and lexicons hold `word`: NFC, lower case, straight apostrophes."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).lower()).replace("’", "'")


def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language (BCP 47), normalised; none of one whose stop words are not known."""
    return frozenset(_STOP_WORDS.get(base_language(language), "").split())


def replace_spans(text: str, replacements: Mapping[Span, str]) -> str:
    """Replace stretches of `text`, given by start and end, that do not overlap; all else stays as it is."""
    pieces, end = [], 0
    for start, stop in sorted(replacements):
        pieces += [text[end:start], replacements[start, stop]]
        end = stop
    return "".join([*pieces, text[end:]])
