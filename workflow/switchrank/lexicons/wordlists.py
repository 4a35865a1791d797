"""The word lists of wordfreq (Speer 2022), with words as people write them.

The lists are folded: ß is ss, a Greek sigma at the end of a word is that within one.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import langcodes
import regex
import wordfreq
from spellchecker import SpellChecker
from wordfreq.preprocess import preprocess_text

from switchrank.errors import UserError
from switchrank.languages import base_language
from switchrank.text.normalisation import normalize

# Languages that differ so little that they share a list.
_LISTED_AS = {"sr": "sh", "hr": "sh", "bs": "sh"}
_SHORTEST = 3  # letters of a word within a German compound
_FINAL_SIGMA = regex.compile(r"(?<=\p{L}\p{M}*)σ(?![\p{L}\p{M}'])")


def has_list(language: str) -> bool:
    """Whether wordfreq knows a language."""
    try:
        return bool(list_of(language))
    except UserError:
        return False


@cache
def list_of(language: str) -> str:
    """The code that wordfreq has a language by: it has one list for all scripts and regions of a language.

    Raises:
        UserError: wordfreq does not know the language.
    """
    code, known = base_language(language), wordfreq.available_languages()
    code = _LISTED_AS.get(code, code)
    if code not in known:
        expected = ", ".join(sorted(known))
        raise UserError(f"language {language}: found no word list, expected one of {expected}")
    return code


def listed_words(language: str) -> Iterator[tuple[str, float]]:
    """The words of a language, normalised, with their frequencies, the most frequent first.

    Two that the list does not tell apart (German Masse and Maße) both have the frequency of the two.
    Errors are those of list_of.
    """
    code = list_of(language)
    frequencies = wordfreq.get_frequency_dict(code)
    for listed in wordfreq.iter_wordlist(code):
        for word in _unfolded(listed, code):
            yield normalize(word, language), frequencies[listed]


def frequency(word: str, language: str) -> float:
    """The frequency of a normalised word in a language, 0 if not listed; errors are those of list_of."""
    code = list_of(language)
    return wordfreq.get_frequency_dict(code).get(_folded(word, code), 0)


def _folded(word: str, code: str) -> str:
    return word.casefold() if word.isascii() and code != "tr" else preprocess_text(word, _language(code))


@cache
def _language(code: str) -> langcodes.Language:
    return langcodes.Language.get(code)


def _unfolded(listed: str, code: str) -> list[str]:
    """What is written of a listed word: with ß (more than one word if both are), with a final sigma."""
    if code == "de" and "ss" in listed:
        return _with_eszett().get(listed) or [_compound_with_eszett(listed)]
    return [_FINAL_SIGMA.sub("ς", listed)]


def _compound_with_eszett(listed: str) -> str:
    """A German word that the spell checker lacks with the ß of its parts, if it is made of two known words.

    Of a part that may have ß or ss (Masse, Maße) nothing is known; a command (schließ) is as its longer form.
    """
    if listed in _known_german():
        return listed
    for place in range(_SHORTEST, len(listed) - _SHORTEST + 1):
        parts = [_part_with_eszett(part) for part in (listed[:place], listed[place:])]
        if None not in parts and (compound := "".join(parts)) != listed:
            return compound
    longer = _part_with_eszett(f"{listed}e") or "" if listed.endswith("ss") else ""
    return longer.removesuffix("e") or listed


def _part_with_eszett(part: str) -> str | None:
    """A part of a German word as it is written; None if it is no word."""
    if part in _known_german():
        return part
    written = _with_eszett().get(part, [])
    return written[0] if len(part) > _SHORTEST and written else None


@cache
def _known_german() -> frozenset[str]:
    return frozenset(SpellChecker("de").word_frequency.dictionary)


@cache
def _with_eszett() -> dict[str, list[str]]:
    """What German words are written with ß, and with ss instead if that is a word too, by the latter.

    By the spell checker's list, in today's spelling.
    """
    known = _known_german()
    spellings: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(known):
        if "ß" in word:
            spellings[word.replace("ß", "ss")].append(word)
    return {folded: [folded] * (folded in known) + written for folded, written in spellings.items()}
