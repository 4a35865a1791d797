"""What code-switching did to training texts, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from switchrank.lexicons.wordlists import frequency, has_list
from switchrank.text.normalisation import normalize, phrase
from switchrank.text.words import word_spans
from switchrank.training.counts import with_ratios
from switchrank.training.switching import Switch

_KINDS = (
    "drawn", "switched", "spelt_alike", "of_its_language", "of_another_language", "not_in_lexicon",
)  # fmt: skip


class Tally:
    """What switching did to texts; their order does not matter."""

    def __init__(self, language: str, ratio: float, languages: Mapping[str, Iterable[str]]):
        """Start at nought, for texts of a language switched into `languages` of each side, at a ratio."""
        self._language, self._ratio = language, ratio
        self._languages = {side: sorted(into) for side, into in languages.items()}
        self._counts: defaultdict[str, Counter[Any]] = defaultdict(Counter)  # by side
        self._cached = cache(self._is_of)

    def add(self, side: str, text: str, switches: Iterable[Switch], wanted: int | None = None) -> None:
        """Count a text of a side, as it was before switching, and what a Switcher gave for it."""
        counts = self._counts[side]
        counts.update(texts=1, words=len(word_spans(text, self._language)))
        before = counts["switched"]
        for item in switches:
            stays = "spared" if item.spared else "not_in_lexicon"
            kinds = ["drawn", stays if item.translation is None else "switched"]
            kinds += self._borrowed(side, item) if item.translation else []
            for kind in kinds:
                counts[kind] += item.length
                counts[item.language, kind] += item.length
        if wanted is not None:
            counts.update(target_words=wanted, texts_short=int(counts["switched"] - before < wanted))

    def _borrowed(self, side: str, item: Switch) -> list[str]:
        """What kind of word was put in."""
        if phrase(item.translation, item.language) == phrase(item.word, self._language):
            return ["spelt_alike"]
        found = {"of_its_language": item.language, "of_another_language": self._other(side, item.language)}
        return [kind for kind, language in found.items() if self._cached(item.translation, language)]

    def _other(self, side: str, language: str) -> str:
        """The language behind another one, round in a circle; the texts' own where there is no other."""
        languages = self._languages[side]
        other = languages[(languages.index(language) + 1) % len(languages)]
        return self._language if other == language else other

    def _is_of(self, text: str, language: str) -> bool:
        """Whether all words of a text are more frequent in a language than in that of the texts."""
        return self._frequency(text, language) > self._frequency(text, self._language)

    def _frequency(self, text: str, language: str) -> float:
        """That of the rarest word, 0 where wordfreq does not list it, or has no list of the language."""
        words = [normalize(text[start:end], language) for start, end in word_spans(text, language)]
        known = words if has_list(language) else []
        return min((frequency(word, language) for word in known), default=0.0)

    def stats(self) -> dict[str, Any]:
        """Give the counts, ready for JSON: nominal_ratio, and of each side in `sides`.

        Words were drawn, and then switched (in dropout mode left out), not_in_lexicon, or spared, as dropout
        would have left nothing; of those switched some are spelt_alike, the translation being the word but
        for its casing; of the others, those are of_its_language whose translation is more frequent in the
        language that it was drawn for than in that of the texts, and of_another_language those of which that
        holds for the next language, too. In coverage mode, texts_short are those with fewer switched than
        target_words. For the ratios see with_ratios.
        """
        sides: dict[str, dict[str, Any]] = {}
        for side, counts in sorted(self._counts.items()):
            more = [key for key in ("spared", "target_words", "texts_short") if key in counts]
            sides[side] = {key: counts[key] for key in ("texts", "words", *_KINDS, *more)}
            sides[side]["languages"] = {
                language: {kind: counts[language, kind] for kind in _KINDS}
                for language in self._languages[side]
            }
        return {
            "nominal_ratio": self._ratio,
            "sides": {side: with_ratios(counts) for side, counts in sides.items()},
        }
