"""Counts of what code-switching did."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from switchrank.text.words import word_spans
from switchrank.training.switching import Switch

_KINDS = ("drawn", "switched", "spelt_alike", "not_in_lexicon")


class Tally:
    """What switching did to texts; their order does not matter."""

    def __init__(self, ratio: float, languages: Mapping[str, Iterable[str]]):
        """Start at nought, for texts switched at the nominal `ratio` into `languages`, those of each side."""
        self._ratio = ratio
        self._languages = {side: sorted(into) for side, into in languages.items()}
        self._texts: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._counts: Counter[tuple[str, str, str]] = Counter()
        self._wanted: Counter[str] = Counter()
        self._short: Counter[str] = Counter()

    def add(self, side: str, text: str, switches: Iterable[Switch], wanted: int | None = None) -> None:
        """Count one text.

        Args:
            side: "query" or "passage".
            text: as it was before switching.
            switches: what `switch` or `cover` gave for it.
            wanted: how many words `cover` was to replace.
        """
        self._texts[side] += 1
        self._words[side] += len(word_spans(text))
        replaced = 0
        for item in switches:
            kinds = ["drawn", "not_in_lexicon" if item.translation is None else "switched"]
            if item.translation == item.word:
                kinds.append("spelt_alike")
            for kind in kinds:
                self._counts[side, item.language, kind] += item.length
            replaced += item.length if item.translation is not None else 0
        if wanted is not None:
            self._wanted[side] += wanted
            self._short[side] += replaced < wanted

    def stats(self) -> dict[str, Any]:
        """Give the counts, ready for JSON.

        Returns:
            nominal_ratio, and per side: texts, words, drawn, switched (the lexicon had the word), of these
            spelt_alike (the translation is spelt as the word), not_in_lexicon, realised_ratio (switched to
            words), and the same counts per language, with share (the language's share of all words); where
            words were drawn until the ratio was met, target_words and texts_short, those in which it was not.
        """
        sides = {side: self._side(side) for side in sorted(self._texts)}
        return {"nominal_ratio": self._ratio, "sides": sides}

    def _side(self, side: str) -> dict[str, Any]:
        words = self._words[side]
        languages: dict[str, dict[str, Any]] = {
            language: {kind: self._counts[side, language, kind] for kind in _KINDS}
            for language in self._languages[side]
        }
        totals = {kind: sum(counts[kind] for counts in languages.values()) for kind in _KINDS}
        for counts in languages.values():
            counts["share"] = counts["switched"] / max(1, words)
        head = {"texts": self._texts[side], "words": words} | totals
        if side in self._wanted:
            head |= {"target_words": self._wanted[side], "texts_short": self._short[side]}
        return head | {"realised_ratio": totals["switched"] / max(1, words), "languages": languages}
