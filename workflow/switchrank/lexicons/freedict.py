"""The dictionaries of FreeDict (freedict.org) from English: a lexicon that owes nothing to an encoder.

People made them: Ding (F. Richter), into German; the word list of Arabeyes, into Arabic; small ones into
Italian, Dutch and Russian. An entry is a headword with its pronunciation; a line for each sense, of
translations and, in <> and [], their grammar and use; further to the right, examples, notes, synonyms:

    heart /hˈɑːt/
    Herz <neut> [anat.]
          "with all my heart"  - von ganzem Herzen
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from switchrank.languages import base_language
from switchrank.lexicons.base import Inputs, Lexicon
from switchrank.lexicons.dictd import read_entries
from switchrank.lexicons.tsv import MAX_SPAN, SHARE, can_be_found
from switchrank.settings import setting
from switchrank.text.normalisation import clean, phrase, single_blanks
from switchrank.text.words import length, word_spans

_SOURCE = "en"
_DICTIONARIES = {
    "ar": "freedict-eng-ara",
    "de": "freedict-eng-deu",
    "it": "freedict-eng-ita",
    "nl": "freedict-eng-nld",
    "ru": "freedict-eng-rus",
}

_DETAILS = re.compile(r" {2,}| see:")
_MARKED = re.compile(r" (?:\[e?(?:Am|Br)\.\] *)*+\[")  # as anything but American or British
_EXAMPLE = re.compile(r' {6}"')
_NUMBER = re.compile(r"^\d+\. ")
_REMARK = re.compile(r"\([^()]*\)")
_LABEL = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")
_COMMA = re.compile("[,;،؛]")
_END = re.compile("<| - ")  # of a translation; behind it are its grammar, an abbreviation, an explanation
# Somebody and something, where a word takes them: "learn sth.", "etw. lernen".
_OBJECT = r"(?:(?:sb|sth|jd[mns]?|etw)\./?)+"
_OBJECTS = re.compile(rf"^{_OBJECT} | {_OBJECT}$")
_ARTICLE = "ال"
_NEVER_WITHOUT = 30  # times as frequent with the article as without
_FIXED = frozenset(["الله", "الآن", "اليوم", "الليلة"])  # God, now, today, tonight: without it, other words


class Sense(NamedTuple):
    """One meaning of a headword."""

    marked: bool  # as slang, figurative, dated: not what the word means first
    examples: int  # of its entry
    translations: list[str]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the config may say of the lexicon."""

    translations: int = setting("how many translations of each word", 1, minimum=1)


class FreeDict(Lexicon):
    """FreeDict's dictionaries from English into Arabic, Dutch, German, Italian and Russian."""

    Settings = Settings
    method = "freedict"

    @classmethod
    def lacking(cls, source: str, target: str) -> str | None:
        """Other directions; see Lexicon.lacking."""
        if cls.asset(source, target):
            return None
        *most, last = _DICTIONARIES
        there = f"expected one from {_SOURCE} into {', '.join(most)} or {last}"
        return f"found no dictionary from {source} into {target}, {there}"

    @classmethod
    def asset(cls, source: str, target: str) -> str | None:
        """The dictionary; see Lexicon.asset."""
        return _DICTIONARIES.get(base_language(target)) if base_language(source) == _SOURCE else None

    def make(self, inputs: Inputs) -> pd.DataFrame:
        """Source, target, share (1 of the best translation, 1/2 of the next, 1/3, …).

        Sources are in code point order; targets are cased as in the dictionary. Both have one to three words.
        See Lexicon.make.
        """
        stem = f"{inputs.asset}/dictd/{self.asset(inputs.source, inputs.target)}"
        found: dict[str, list[Sense]] = {}
        for entry in read_entries(f"{stem}.index", f"{stem}.dict.dz"):
            heading, _, body = entry.partition("\n")
            source = phrase(_bare(heading.split(" /")[0]), inputs.source)
            if can_be_found(source, inputs.source) and (senses := senses_in(body, inputs.target)):
                found.setdefault(source, []).extend(senses)
        most = self.settings.translations
        rows = [
            (source, target, 1 / place)
            for source in sorted(found)
            for place, target in enumerate(ranked(found[source], inputs.target)[:most], start=1)
        ]
        return pd.DataFrame(rows, columns=["source", "target", SHARE])


def senses_in(body: str, language: str) -> list[Sense]:
    """Those senses of an entry, given without its first line, that have a translation into a language."""
    lines = [line for line in body.split("\n") if line]
    examples = sum(bool(_EXAMPLE.match(line)) for line in lines)
    return [
        Sense(bool(_MARKED.match(line)), examples, translations)
        for line in lines
        if not _DETAILS.match(line) and (translations := _translations(line, language))
    ]


def ranked(senses: list[Sense], language: str) -> list[str]:
    """The translations of a headword, each once, the best first.

    Dictionaries have senses, and some their translations, in the order of the alphabet: Ding's first "dog" is
    a hook, the first Dutch "red" is flushed. So the better translation is the more frequent word (wordfreq;
    one of several words counts as unknown), nearer to the beginning of its sense, with more examples:
    (1 + examples) × frequency / place. Translations of marked senses come last.
    """
    from switchrank.lexicons.wordlists import frequency  # a check of the config needs no word lists

    best: dict[str, tuple[bool, float]] = {}
    for sense in senses:
        for place, text in enumerate(sense.translations, start=1):
            often = frequency(phrase(text, language), language)
            rank = sense.marked, -(1 + sense.examples) * often / place
            best[text] = min(best.get(text, rank), rank)
    return sorted(best, key=best.__getitem__)


def _translations(line: str, language: str) -> list[str]:
    """The translations in the line of a sense, without those that are more than three words, or signs."""
    line = _LABEL.sub("<", _REMARK.sub("", _NUMBER.sub("", line)))
    parts = (_END.split(part.lstrip("< "))[0] for part in _COMMA.split(line))
    texts = (_without_article(clean(_bare(part), language), language) for part in parts)
    return [text for text in texts if _is_translation(text, language)]


def _bare(text: str) -> str:
    """A headword or translation without what it takes, and without the sign of a question or a call."""
    return _OBJECTS.sub("", single_blanks(text.replace("\u2010", "-"))).rstrip("?!؟")


def _is_translation(text: str, language: str) -> bool:
    """Whether a text is one to three words with blanks or hyphens between, and nothing else."""
    spans = word_spans(text, language)
    if not spans or (spans[0][0], spans[-1][1]) != (0, len(text)):
        return False
    between = {text[end:start] for (_, end), (start, _) in pairwise(spans)}
    return between <= {"", " ", "-"} and length([text[a:b] for a, b in spans], language) <= MAX_SPAN


def _without_article(text: str, language: str) -> str:
    """Arabic words without the article, where all have it, as the list gives most nouns ("the cat").

    It stays where a word is hardly ever without it, as in names such as الصين (China).
    """
    words = text.split(" ")
    if base_language(language) != "ar" or not all(word.startswith(_ARTICLE) for word in words):
        return text
    from switchrank.lexicons.wordlists import frequency

    bare = [word.removeprefix(_ARTICLE) for word in words]
    often, without = (
        [frequency(phrase(word, language), language) for word in some] for some in (words, bare)
    )
    fixed = any(a > _NEVER_WITHOUT * b for a, b in zip(often, without, strict=True))
    return text if fixed or not _FIXED.isdisjoint(words) else " ".join(bare)
