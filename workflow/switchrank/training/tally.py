"""Counts of what code-switching did."""

from collections import Counter, defaultdict
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
        self._counts: defaultdict[str, Counter[Any]] = defaultdict(Counter)  # by side

    def add(self, side: str, text: str, switches: Iterable[Switch], wanted: int | None = None) -> None:
        """Count one text ("query" or "passage") as it was before switching, and what `switch` gave for it."""
        counts = self._counts[side]
        counts.update(texts=1, words=len(word_spans(text)))
        replaced = 0
        for item in switches:
            kinds = ["drawn", "not_in_lexicon" if item.translation is None else "switched"]
            if item.translation == item.word:
                kinds.append("spelt_alike")
            for kind in kinds:
                counts[item.language, kind] += item.length
            replaced += item.length if item.translation is not None else 0
        if wanted is not None:
            counts.update(target_words=wanted, texts_short=int(replaced < wanted))

    def stats(self) -> dict[str, Any]:
        """Give the counts, ready for JSON: nominal_ratio, and of each side in `sides`.

        Words were drawn, and then switched or not_in_lexicon; of those switched some are spelt_alike, the
        translation being the word. realised_ratio and share (of a language) are switched words to all words;
        in coverage mode, texts_short are those with fewer switched than target_words.
        """
        sides = {side: self._side(side, self._counts[side]) for side in sorted(self._counts)}
        return {"nominal_ratio": self._ratio, "sides": sides}

    def _side(self, side: str, counts: Counter[Any]) -> dict[str, Any]:
        words = max(1, counts["words"])
        languages = {
            language: {kind: counts[language, kind] for kind in _KINDS} for language in self._languages[side]
        }
        totals = {kind: sum(of_language[kind] for of_language in languages.values()) for kind in _KINDS}
        for of_language in languages.values():
            of_language["share"] = of_language["switched"] / words
        stats = {key: counts[key] for key in ("texts", "words")} | totals
        if "target_words" in counts:
            stats |= {key: counts[key] for key in ("target_words", "texts_short")}
        return stats | {"realised_ratio": totals["switched"] / words, "languages": languages}
