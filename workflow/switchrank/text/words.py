"""Words of a text, with their positions, in any script; stop words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache

import regex

from switchrank.languages import base_language
from switchrank.text.elision import elided_words, follows_elided, is_elided
from switchrank.text.normalisation import has_okina

# A word starts with a letter or a digit, so that the marks that belong to emoji (variation selectors, key
# caps) never make one; Arabic strokes that lengthen it may stand before. Within it, signs that format a text
# (soft hyphens, directions, variation selectors) hide, and apostrophes, the joiners of Indic and Persian
# spelling, the mark of Hebrew abbreviations and the dot of Catalan l·l connect; hyphens do not, nor does a
# blank of no width.
_IGNORABLE = r"\p{Default_Ignorable_Code_Point}"
_HIDDEN = rf"[{_IGNORABLE}--[\u200b-\u200d]]"
_APOSTROPHES = "'’‘‛׳＇ʼ"  # the last is a letter to Unicode
_OKINA = "ʻ"  # and this one, which is an apostrophe but in a few languages
_LETTERS = rf"[\p{{L}}--[ʼ{_OKINA}]]"
_PART = (
    rf"(?:(?<!\u0640\p{{M}}*)(?:\u0640\p{{M}}*+)++)?+[{_LETTERS}\p{{Nd}}--[{_IGNORABLE}\u0640]]"
    rf"(?:{_HIDDEN}*+[{_LETTERS}\p{{M}}\p{{Nd}}])*+"
)
_JOINTS = (
    rf"[{_APOSTROPHES}{_OKINA}\u200c\u200d]+|(?<=[lL]{_HIDDEN}*)·(?={_HIDDEN}*+[lL])"
    rf"|״|\"(?={_HIDDEN}*+\p{{Hebr}}(?:{_HIDDEN}|\p{{M}})*+(?!\p{{L}}))"
)
_WORD = rf"{_PART}(?:{_HIDDEN}*+(?:{_JOINTS}){_HIDDEN}*+{_PART})*+(?:(?<=\p{{M}})[\u200c\u200d]+)?"
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+(?:'+[A-Za-z0-9]+)*")
# An elided word stands before a vowel or a silent h, a number, the name of a letter, or by itself; a Greek
# one before any letter.
_UNSEEN = rf"[{_IGNORABLE}--[\u200b]]*+"  # joiners too, which no language with elision spells with
_BEFORE = (
    rf"(?=[«“\"]?{_UNSEEN}(?:(?i:[aàáâäãåæeèéêëiìíîïoòóôöõœuùúûüyÿh])|\p{{Grek}}|\p{{Nd}}"
    rf"|\p{{Lu}}{_UNSEEN}[\p{{Lu}}\p{{Nd}}])|\s*$)"
)

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


def joined(words: Iterable[str], language: str) -> str:
    """Normalised words as one entry has them: parted by one blank, an elided one by none ("l'arbre")."""
    return "".join(word if is_elided(word, language) else f"{word} " for word in words).rstrip(" ")


def length(words: Iterable[str], language: str) -> int:
    """The number of normalised words, an elided one counted with the next."""
    return sum(not is_elided(word, language) for word in words)


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


def without_words(text: str, spans: Sequence[Span], dropped: AbstractSet[int]) -> str:
    """A text without some of its words, by their places among all, whose spans are given.

    With a word goes what parts it from the one before, so that a list has no comma too many; with the first
    words what is behind them. Words that now touch are parted by a blank.
    """
    if not spans:
        return text
    pieces = [text[: spans[0][0]]]
    for place, (start, end) in enumerate(spans):
        if place not in dropped:
            before = text[spans[place - 1][1] : start] or (" " if place - 1 in dropped else "")
            pieces += [before if len(pieces) > 1 else "", text[start:end]]
    return "".join([*pieces, text[spans[-1][1] :]])


@cache
def _pattern(language: str) -> regex.Pattern[str]:
    word = _WORD.replace(_OKINA, "") if has_okina(language) else _WORD
    if base_language(language) == "uz":  # whose oʻ and gʻ most type with an apostrophe
        word += rf"(?:(?<=[oOgG])[{_APOSTROPHES}])?"
    either = "|".join(map(_elided, sorted(elided_words(language), key=len, reverse=True)))
    return regex.compile(rf"(?:{either}){_BEFORE}|{word}" if either else word, regex.V1)


def _elided(word: str) -> str:
    """A pattern for an elided word and its apostrophe, with signs that format anywhere."""
    letters = _UNSEEN.join(f"(?:{letter}|{unicodedata.normalize('NFD', letter)})" for letter in word)
    return rf"(?i:{letters}){_UNSEEN}[{_APOSTROPHES}{_OKINA}]{_UNSEEN}(?i:{follows_elided(word)})"
