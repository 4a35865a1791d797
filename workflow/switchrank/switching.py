"""Multilingual code-switching of training text (ML-CS; Litschko et al., Findings of ACL 2023, section 3).

Each word is, with probability p (the nominal ratio), replaced by its translation in a language drawn
uniformly for that word; a word that the drawn language's lexicon does not have stays, so the realised ratio
is lower. Every draw is a keyed hash of (seed, record, side, position): it depends on no other word, record or
process, and the words drawn at one ratio are drawn at every higher ratio too, with the same language.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from switchrank.words import normalize, replace_words, word_spans


@dataclass(frozen=True, slots=True)
class Switch:
    """One word that was drawn for switching."""

    position: int  # index among the words of the text, from 0
    language: str  # drawn for this word
    word: str  # as the text spells it
    translation: str | None  # as written into the text; None: the lexicon does not have the word, so it stays


def switch(
    text: str,
    lexicons: Mapping[str, Mapping[str, str]],
    ratio: float,
    seed: int,
    record: str,
    side: str,
) -> tuple[str, list[Switch]]:
    """Code-switch one text.

    Args:
        text: the text in the lexicons' source language.
        lexicons: by language, the translation of each word (keys as `words.normalize` gives them).
        ratio: probability p, 0 to 1, that a word is drawn.
        seed: of the draws.
        record: id of the text.
        side: "query" or "passage"; draws on the two sides are independent.

    Returns:
        the switched text, and the drawn words from left to right, those that stay included.

    Raises:
        ValueError: the ratio is not between 0 and 1, or there is no lexicon.
    """
    if not 0 <= ratio <= 1 or not lexicons:
        raise ValueError(f"ratio {ratio}, {len(lexicons)} lexicons: expected 0 to 1, and one lexicon or more")
    languages = sorted(lexicons)
    key = blake2b(json.dumps([seed, record, side]).encode(), digest_size=32).digest()
    spans, switches = word_spans(text), []
    for position, (start, end) in enumerate(spans):
        chance, choice = _draw(key, position)
        if chance < ratio:
            language, word = languages[choice % len(languages)], text[start:end]
            translation = lexicons[language].get(normalize(word))
            cased = None if translation is None else _case_like(word, translation)
            switches.append(Switch(position, language, word, cased))
    replacements = {s.position: s.translation for s in switches if s.translation is not None}
    return replace_words(text, spans, replacements), switches


class Tally:
    """Counts what switching did, for stats.json; the order of the texts does not matter."""

    def __init__(self, ratio: float, languages: Iterable[str]):
        """Start at nought, for texts switched at the nominal `ratio` into `languages`."""
        self._ratio = ratio
        self._languages = sorted(languages)
        self._texts: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._counts: Counter[tuple[str, str, str]] = Counter()

    def add(self, side: str, text: str, switches: Iterable[Switch]) -> None:
        """Count one text.

        Args:
            side: "query" or "passage".
            text: as it was before switching.
            switches: what `switch` gave for it.
        """
        self._texts[side] += 1
        self._words[side] += len(word_spans(text))
        for item in switches:
            kinds = ["drawn", "not_in_lexicon" if item.translation is None else "switched"]
            if item.translation == item.word:
                kinds.append("spelt_alike")
            for kind in kinds:
                self._counts[side, item.language, kind] += 1

    def stats(self) -> dict[str, Any]:
        """Give the counts, ready for JSON.

        Returns:
            nominal_ratio, and per side: texts, words, drawn, switched (the lexicon had the word), of these
            spelt_alike (the translation is spelt as the word), not_in_lexicon, realised_ratio (switched to
            words), and the same counts per language, with share (the language's share of all words).
        """
        sides = {side: self._side(side) for side in sorted(self._texts)}
        return {"nominal_ratio": self._ratio, "sides": sides}

    def _side(self, side: str) -> dict[str, Any]:
        kinds, words = ("drawn", "switched", "spelt_alike", "not_in_lexicon"), self._words[side]
        languages = {
            language: {kind: self._counts[side, language, kind] for kind in kinds}
            for language in self._languages
        }
        totals = {kind: sum(counts[kind] for counts in languages.values()) for kind in kinds}
        for counts in languages.values():
            counts["share"] = counts["switched"] / max(1, words)
        realised = totals["switched"] / max(1, words)
        head = {"texts": self._texts[side], "words": words}
        return head | totals | {"realised_ratio": realised, "languages": languages}


def _draw(key: bytes, position: int) -> tuple[float, int]:
    """Give a number in [0, 1) and an integer of 64 bits, independent of each other."""
    digest = blake2b(position.to_bytes(8, "big"), digest_size=16, key=key).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53, int.from_bytes(digest[8:], "big")


def _case_like(word: str, translation: str) -> str:
    """Give the translation the casing of the word: ALL CAPS, Title, or else as the lexicon has it."""
    if len(word) > 1 and word.isupper():
        return translation.upper()
    if word[0].isupper():
        return translation[:1].title() + translation[1:]
    return translation
