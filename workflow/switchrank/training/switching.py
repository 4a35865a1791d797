"""Code-switching of training text (Litschko et al., Findings of ACL 2023, section 3).

Each word is, with probability p (the nominal ratio), replaced by its translation in a language drawn
uniformly for that word; a word that the drawn language's lexicon does not have stays, so the realised ratio
is lower. A lexicon may have entries of several words: the longest that begins at a drawn word is replaced as
a whole, and its other words are not drawn again. Every draw is a keyed hash of (seed, record, side,
position): it depends on no other word, record or process. So the words drawn at one ratio are drawn at every
higher ratio too, with the same language, unless one goes with an entry that begins before it.

`cover` is the coverage-aware alternative: it goes on until the ratio is met, or the words are exhausted.
"""

import json
from bisect import bisect
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from itertools import accumulate

from switchrank.lexicons.tsv import MAX_SPAN
from switchrank.text.words import Span, normalize, replace_spans, word_spans

# Source (words joined by one blank) → its translations with their probabilities, best first.
Translations = Mapping[str, Sequence[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Switch:
    """A word that was drawn for switching, or words that were replaced together."""

    position: int  # index of the first word among the words of the text, from 0
    language: str  # drawn for this word
    word: str  # as the text spells it
    translation: str | None  # as written into the text; None: the lexicon does not have the word, so it stays
    length: int = 1  # number of words


def switch(
    text: str,
    lexicons: Mapping[str, Translations],
    ratio: float,
    seed: int,
    record: str,
    side: str,
    skip: AbstractSet[str] = frozenset(),
) -> tuple[str, list[Switch]]:
    """Code-switch one text, the paper's way.

    Args:
        text: the text in the lexicons' source language.
        lexicons: by language, the translations of each word (keys as `words.normalize` gives them).
        ratio: probability p, 0 to 1, that a word is drawn.
        seed: of the draws.
        record: id of the text.
        side: "query" or "passage"; draws on the two sides are independent.
        skip: words (normalised) that are never replaced, alone or in an entry of several, such as stop words.

    Returns:
        the switched text, and the drawn words from left to right, those that stay included.

    Raises:
        ValueError: the ratio is not between 0 and 1, or there is no lexicon.
    """
    source = _Source(text, lexicons, ratio, seed, record, side, skip)
    switches: list[Switch] = []
    position = 0
    while position < len(source.spans):
        chance, choice = _draw(source.key, position)
        done = 1
        if chance < ratio and source.words[position] not in skip:
            switches.append(source.replace(position, _shuffled(source.languages, choice)[0]))
            done = switches[-1].length
        position += done
    return source.rewritten(switches), switches


def cover(
    text: str,
    lexicons: Mapping[str, Translations],
    ratio: float,
    seed: int,
    record: str,
    side: str,
    skip: AbstractSet[str] = frozenset(),
) -> tuple[str, list[Switch], int]:
    """Code-switch one text until the realised ratio meets the target.

    As many words as p × words are wanted, rounded up or down by chance so that the mean is met. Words are
    tried in a random order, each in its drawn language (that of `switch`) and, if that lexicon does not have
    it, in the others, in a random order too.

    Args:
        text, lexicons, ratio, seed, record, side, skip: see switch.

    Returns:
        the switched text; the words replaced, from left to right; and how many words were wanted. Fewer
        replaced than wanted: the lexicons do not have more of this text.

    Raises:
        ValueError: see switch.
    """
    source = _Source(text, lexicons, ratio, seed, record, side, skip)
    count = len(source.spans)
    rounding, _ = _draw(source.key, count)  # the place behind the last word
    wanted = int(ratio * count + rounding)
    order = sorted(range(count), key=lambda position: _draw(source.key, position))
    taken: set[int] = set()
    switches: list[Switch] = []
    for position in order:
        if len(taken) >= wanted:
            break
        if position in taken or source.words[position] in skip:
            continue
        longest = source.free(position, taken, wanted - len(taken))
        for language in _shuffled(source.languages, _draw(source.key, position)[1]):
            replaced = source.replace(position, language, longest)
            if replaced.translation is not None:
                switches.append(replaced)
                taken.update(range(position, position + replaced.length))
                break
    switches.sort(key=lambda item: item.position)
    return source.rewritten(switches), switches, wanted


class _Source:
    """A text, its words, and what is drawn for it."""

    def __init__(
        self,
        text: str,
        lexicons: Mapping[str, Translations],
        ratio: float,
        seed: int,
        record: str,
        side: str,
        skip: AbstractSet[str],
    ):
        if not 0 <= ratio <= 1 or not lexicons:
            raise ValueError(
                f"ratio {ratio}, {len(lexicons)} lexicons: expected 0 to 1, and one lexicon or more"
            )
        self.text, self.lexicons, self.skip = text, lexicons, skip
        self.languages = sorted(lexicons)
        self.key = blake2b(json.dumps([seed, record, side]).encode(), digest_size=32).digest()
        self.spans = word_spans(text)
        self.words = [normalize(text[start:end]) for start, end in self.spans]

    def replace(self, position: int, language: str, longest: int = MAX_SPAN) -> Switch:
        """The longest entry of a language's lexicon that begins at a word."""
        lexicon = self.lexicons[language]
        for length in range(min(longest, self._joined(position)), 0, -1):
            translations = lexicon.get(" ".join(self.words[position : position + length]))
            if translations:
                spelt = self._spelt(position, length)
                chosen = self._choose(position, translations)
                return Switch(position, language, spelt, _case_like(spelt, chosen), length)
        return Switch(position, language, self._spelt(position, 1), None)

    def free(self, position: int, taken: AbstractSet[int], most: int) -> int:
        """How many words from here on may be replaced together: none of them taken, no more than `most`."""
        length = 1
        while length < min(most, MAX_SPAN) and position + length not in taken:
            length += 1
        return length

    def rewritten(self, switches: Sequence[Switch]) -> str:
        """The text with what was replaced."""
        replacements: dict[Span, str] = {}
        for item in switches:
            if item.translation is not None:
                last = item.position + item.length - 1
                replacements[self.spans[item.position][0], self.spans[last][1]] = item.translation
        return replace_spans(self.text, replacements)

    def _joined(self, position: int) -> int:
        """How many words from here on, at most MAX_SPAN, with but white space between; none to be skipped."""
        length = 1
        while length < MAX_SPAN and position + length < len(self.spans):
            between = self.text[self.spans[position + length - 1][1] : self.spans[position + length][0]]
            if not between.isspace() or self.words[position + length] in self.skip:
                break
            length += 1
        return length

    def _spelt(self, position: int, length: int) -> str:
        return self.text[self.spans[position][0] : self.spans[position + length - 1][1]]

    def _choose(self, position: int, translations: Sequence[tuple[str, float]]) -> str:
        if len(translations) == 1:
            return translations[0][0]
        chance, _ = _draw(self.key, -1 - position)
        ends = list(accumulate(probability for _, probability in translations))
        return translations[min(bisect(ends, chance * ends[-1]), len(ends) - 1)][0]


def _draw(key: bytes, position: int) -> tuple[float, int]:
    """Give a number in [0, 1) and an integer of 64 bits, independent of each other."""
    digest = blake2b(position.to_bytes(8, "big", signed=True), digest_size=16, key=key).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53, int.from_bytes(digest[8:], "big")


def _shuffled(languages: Sequence[str], number: int) -> list[str]:
    """Give the languages in the order that a number of 64 bits stands for; every order is as likely."""
    left, order = list(languages), []
    while left:
        number, place = divmod(number, len(left))
        order.append(left.pop(place))
    return order


def _case_like(word: str, translation: str) -> str:
    """Give the translation the casing of the word: ALL CAPS, Title, or else as the lexicon has it."""
    if len(word) > 1 and word.isupper():
        return translation.upper()
    if word[0].isupper():
        return translation[:1].title() + translation[1:]
    return translation
