"""Code-switching of training text (Litschko et al., Findings of ACL 2023, section 3).

Each word is, with probability p (the nominal ratio), replaced by its translation in a language drawn
uniformly for that word; a word that the drawn language's lexicon does not have stays, so the realised ratio
is lower. A lexicon may have entries of several words: the longest that begins at a drawn word is replaced as
a whole, and its other words are not drawn again. Every draw is a keyed hash of (seed, record, side,
position): it depends on no other word, record or process. So the words drawn at one ratio are drawn at every
higher ratio too, with the same language, unless one goes with an entry that begins before it.

Coverage mode goes on until the ratio is met, or the words are exhausted: as many words as p × words are
wanted, rounded up or down by chance so that the mean is met. Words are tried in a random order, each in its
drawn language and, if that lexicon does not have it, in the others, in a random order too.

Dropout mode leaves out the very words that would be replaced, a control for noise without borrowing. If no
word were left of a text, its first one stays.
"""

from bisect import bisect
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from switchrank.lexicons.tsv import MAX_SPAN, read_made_lexicon, to_translations
from switchrank.text.casing import case_like
from switchrank.text.normalisation import clean, normalize
from switchrank.text.words import (
    Span,
    is_number,
    joined,
    length,
    replace_words,
    stop_words,
    without_words,
    word_spans,
)
from switchrank.training.draws import drawn, key_of

# Source (words joined by one blank) → its translations with their probabilities, best first.
Translations = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Switch:
    """A word that was drawn for switching, or words that were replaced together."""

    position: int  # index of the first word among the words of the text, from 0
    language: str  # drawn for this word
    word: str  # as in the text
    # As written into the text, nothing where the word is left out; None: it stays, as the lexicon lacks it.
    translation: str | None
    length: int = 1  # number of words
    spared: bool = False  # it stays, though the lexicon has it, as the last word that a text has left

    @property
    def places(self) -> range:
        """The positions of its words."""
        return range(self.position, self.position + self.length)


@dataclass(frozen=True)
class Switcher:
    """Switches texts of a source language; a side ("query" or "passage") without lexicons stays as it is.

    Numbers stay too; see is_number.
    """

    language: str  # of the texts (BCP 47)
    lexicons: Mapping[str, Mapping[str, Translations]]  # of each side, by language
    ratio: float  # probability that a word is drawn, 0 to 1 (else ValueError)
    seed: int
    mode: str = "static"
    skip: AbstractSet[str] = frozenset()  # normalised words never replaced, alone or in an entry of several

    def __post_init__(self):
        if not 0 <= self.ratio <= 1:
            raise ValueError(f"ratio {self.ratio}: expected 0 to 1")

    def __call__(self, text: str, record: str, side: str) -> tuple[str, list[Switch], int | None]:
        """Switch a text, known by its record.

        Gives the text; from left to right the words drawn, those that stay included, or in coverage mode
        those replaced; and in coverage mode how many words were wanted (lexicons may have fewer), else None.
        """
        lexicons = self.lexicons[side]
        if not lexicons:
            return text, [], None
        source = _Source(text, self.language, lexicons, key_of(self.seed, record, side), self.skip)
        if self.mode == "dropout":
            switches = source.drop(self.ratio)
            dropped = {place for item in switches if item.translation is not None for place in item.places}
            return without_words(text, source.spans, dropped), switches, None
        if self.mode == "coverage":
            switches, wanted = source.cover(self.ratio)
        else:
            switches, wanted = source.draw(self.ratio), None
        replaced = [item for item in switches if item.translation is not None]
        replacements = {source.span(item.position, item.length): item.translation for item in replaced}
        return replace_words(text, source.spans, replacements), switches, wanted


def switcher(recipe: Mapping[str, Any], lexicons: Mapping[str, str | Path], seed: int) -> Switcher:
    """The switcher of a recipe, with the TSV of the lexicon into each language.

    The recipe is the attributes of a recipes.Recipe by name; its sides are those of the source language.

    Raises:
        ValueError: a language to switch into has no lexicon.
    """
    into = {side: recipe[f"{side}_into"] for side in ("query", "passage")}
    if missing := {*into["query"], *into["passage"]} - set(lexicons):
        names, lacking = (", ".join(sorted(languages)) for languages in (lexicons, missing))
        raise ValueError(f"lexicons of {names}: expected {lacking} too")
    source = recipe["query"].name
    translations = {
        language: to_translations(read_made_lexicon(path, source, language))
        for language, path in lexicons.items()
    }
    by_side = {side: {name: translations[name] for name in languages} for side, languages in into.items()}
    skip = frozenset() if recipe["stop_words"] else stop_words(source)
    return Switcher(source, by_side, recipe["ratio"], seed, recipe["mode"], skip)


class _Source:
    """A text, its words, and what is drawn for it."""

    def __init__(
        self,
        text: str,
        language: str,
        lexicons: Mapping[str, Translations],
        key: bytes,
        skip: AbstractSet[str],
    ):
        self.text, self.language, self.lexicons, self.key, self.skip = text, language, lexicons, key, skip
        self.spans = word_spans(text, language)
        self.words = [normalize(text[start:end], language) for start, end in self.spans]

    def draw(self, ratio: float) -> list[Switch]:
        switches, end = [], 0
        for position, word in enumerate(self.words):
            if position >= end and word not in self.skip and drawn(self.key, position)[0] < ratio:
                switches.append(self.replace(position, self.languages(position)[0]))
                end = position + switches[-1].length
        return switches

    def drop(self, ratio: float) -> list[Switch]:
        switches = self.draw(ratio)
        dropped = [replace(item, translation="") for item in switches if item.translation is not None]
        kept = [item for item in switches if item.translation is None]
        if dropped and sum(item.length for item in dropped) == len(self.words):
            first = dropped.pop(0)
            kept.append(replace(first, word=self.word(0), translation=None, length=1, spared=True))
            if first.length > 1:
                rest = self.word(1, first.length - 1)
                dropped.append(replace(first, position=1, word=rest, length=first.length - 1))
        return sorted(kept + dropped, key=lambda item: item.position)

    def cover(self, ratio: float) -> tuple[list[Switch], int]:
        count = len(self.words)
        wanted = int(ratio * count + drawn(self.key, count)[0])  # the position behind the last word
        taken: set[int] = set()
        switches = []
        for position in sorted(range(count), key=lambda position: drawn(self.key, position)):
            if len(taken) >= wanted:
                break
            if position in taken or self.words[position] in self.skip:
                continue
            for language in self.languages(position):
                replaced = self.replace(position, language, wanted - len(taken), taken)
                if replaced.translation is not None:
                    switches.append(replaced)
                    taken.update(replaced.places)
                    break
        return sorted(switches, key=lambda item: item.position), wanted

    def languages(self, position: int) -> list[str]:
        """The languages in the order drawn for a word; every order is as likely."""
        _, number = drawn(self.key, position)
        left, order = sorted(self.lexicons), []
        while left:
            number, index = divmod(number, len(left))
            order.append(left.pop(index))
        return order

    def replace(
        self, position: int, language: str, most: int | None = None, taken: AbstractSet[int] = frozenset()
    ) -> Switch:
        """The longest entry that begins at a word, of at most so many words, none of them taken."""
        for count in range(self.reach(position, most or len(self.words), taken), 0, -1):
            words = self.words[position : position + count]
            translations = self.lexicons[language].get(joined(words, self.language))
            if translations:
                word = self.word(position, count)
                chosen = self.choose(position, translations)
                cased = case_like(word, self.language, chosen, language)
                return Switch(position, language, word, cased, count)
        return Switch(position, language, self.word(position), None)

    def reach(self, position: int, most: int, taken: AbstractSet[int]) -> int:
        """How many words from here on may be replaced as one entry: with white space alone between."""
        if is_number(self.words[position]):
            return 0
        for end in range(position + 1, min(position + most, len(self.words))):
            between = self.text[self.spans[end - 1][1] : self.spans[end][0]]
            kept = self.words[end] in self.skip or is_number(self.words[end])
            too_long = length(self.words[position : end + 1], self.language) > MAX_SPAN
            if too_long or kept or end in taken or clean(between, self.language).strip():
                return end - position
        return min(most, len(self.words) - position)

    def choose(self, position: int, translations: Sequence[tuple[str, float]]) -> str:
        if len(translations) == 1:
            return translations[0][0]
        chance, _ = drawn(self.key, -1 - position)
        ends = list(accumulate(probability for _, probability in translations))
        return translations[min(bisect(ends, chance * ends[-1]), len(ends) - 1)][0]

    def word(self, position: int, count: int = 1) -> str:
        """A word, or several with what stands between them."""
        return self.text[slice(*self.span(position, count))]

    def span(self, position: int, count: int) -> Span:
        return self.spans[position][0], self.spans[position + count - 1][1]
