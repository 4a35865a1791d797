"""Words of a text, with their positions, in any script; stop words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import regex

from switchrank.languages import base_language
from switchrank.text.elision import elided_words

# A word starts with a letter or a digit, so that the marks that belong to emoji (variation selectors, key
# caps) never make one; Arabic strokes that lengthen it may stand before. Within it, signs that format a text
# (soft hyphens, directions, variation selectors) hide, and apostrophes, the joiners of Indic and Persian
# spelling, the mark of Hebrew abbreviations and the dot of Catalan l·l connect; hyphens do not, nor does a
# blank of no width.
_IGNORABLE = r"\p{Default_Ignorable_Code_Point}"
_HIDDEN = rf"[{_IGNORABLE}--[\u200b-\u200d]]"
_PART = (
    rf"(?:\u0640\p{{M}}*)*[\p{{L}}\p{{Nd}}--[{_IGNORABLE}\u0640]](?:{_HIDDEN}*+[\p{{L}}\p{{M}}\p{{Nd}}])*+"
)
_APOSTROPHES = "'’‘‛׳＇"
_JOINTS = rf"[{_APOSTROPHES}\u200c\u200d]+|(?<=[lL])·(?=[lL])|״|\"(?=\p{{Hebr}}\p{{M}}*+(?!\p{{L}}))"
_WORD = rf"{_PART}(?:{_HIDDEN}*+(?:{_JOINTS}){_HIDDEN}*+{_PART})*+(?:(?<=\p{{M}})[\u200c\u200d]+)?"
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:'+[A-Za-z0-9]+)*")
# An elided word stands before a vowel or a silent h, a number, the name of a letter, or by itself.
_BEFORE = r"(?=[«“\"]?(?:(?i:[aàáâäãåæeèéêëiìíîïoòóôöõœuùúûüyÿh])|\p{Nd}|\p{Lu}{2})|\s*$)"

_NUMBER = regex.compile(r"\p{Nd}[.,٫٬،]?\p{Nd}|^\P{L}*$")

# The default set of Lucene's English analyzer.
_STOP_WORDS = {
    "en": "a an and are as at be but by for if in into is it no not of on or such that the their then there "
    "these they this to was will with",
}

Span = tuple[int, int]


def word_spans(text: str, language: str) -> list[Span]:
    """The (start, end) of each word of a text in a language, in code points, from left to right.

    They do not overlap. A word that is elided before the next one (French "l'arbre") is a word of its own,
    with its apostrophe.
    """
    pattern = _pattern(language)
    if pattern.pattern == _WORD and text.isascii():  # the same words, found in a tenth of the time
        pattern = _ASCII_WORD
    return [match.span() for match in pattern.finditer(text)]


def words(text: str, language: str) -> list[str]:
    """The words of a text in a language as it spells them, from left to right."""
    return [text[start:end] for start, end in word_spans(text, language)]


def joined(words: Iterable[str]) -> str:
    """Words as an entry of several has them: parted by one blank, an elided one by none ("l'arbre")."""
    return "".join(word if word.endswith("'") else f"{word} " for word in words).rstrip(" ")


def length(words: Iterable[str]) -> int:
    """The number of normalised words, an elided one counted with the next."""
    return sum(not word.endswith("'") for word in words)


def is_number(word: str) -> bool:
    """Whether a word stands for a number: two digits in a row, or no letter at all.

    Numbers are no matter of a lexicon; besides, word lists (wordfreq) have stand-ins for them ("0000s").
    """
    return bool(_NUMBER.search(word))


def stop_words(language: str) -> frozenset[str]:
    """The stop words of a language (BCP 47), normalised; none of one whose stop words are not known."""
    return frozenset(_STOP_WORDS.get(base_language(language), "").split())


def replaced(
    text: str, spans: Sequence[Span], replacements: Mapping[Span, str]
) -> Iterator[tuple[str, Span | None]]:
    """The pieces of a text in which words are replaced: each its text, and the span that it replaces, if any.

    `spans` are the words of the text, `replacements` of stretches of whole words that do not overlap. All
    else stays as it is, but words that touch are parted by a blank where one of them is replaced.
    """
    starts, ends = {start for start, _ in spans}, {end for _, end in spans}
    end, parted = 0, True
    for start, stop in sorted(replacements):
        between = text[end:start]
        if not parted and end in starts:
            between = f" {between}"
        if between.strip(" ") and start in ends:
            between += " "
        if between:
            yield between, None
        yield replacements[start, stop], (start, stop)
        end, parted = stop, False
    rest = text[end:] if parted or end not in starts else f" {text[end:]}"
    if rest:
        yield rest, None


def replace_words(text: str, spans: Sequence[Span], replacements: Mapping[Span, str]) -> str:
    """A text in which words are replaced; see `replaced`."""
    return "".join(piece for piece, _ in replaced(text, spans, replacements))


@cache
def _pattern(language: str) -> regex.Pattern[str]:
    if not (elided := elided_words(language)):
        return regex.compile(_WORD, regex.V1)
    either = "|".join(sorted(elided, key=len, reverse=True))
    return regex.compile(rf"(?i:{either})[{_APOSTROPHES}ʼ]{_BEFORE}|{_WORD}", regex.V1)
