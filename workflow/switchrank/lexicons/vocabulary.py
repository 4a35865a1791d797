"""The words of a language: its most frequent ones, and those of a collection's training texts."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from switchrank.collections.base import KINDS, Corpus
from switchrank.lexicons.wordlists import frequency, list_of, listed_words
from switchrank.text.elision import is_elided, lacks_apostrophe
from switchrank.text.normalisation import normalize
from switchrank.text.terms import term_spans
from switchrank.text.words import is_number, words

# A word is one of a language, and not English that its texts quote, if it is at least a quarter as frequent
# there as in English: "hotel" (0.9 in German) and "water" (1.0 in Dutch) are, "house" (0.04) and "red" (0.2)
# are not.
_SHARED = 0.25
_MOST_QUOTED = "en"
# Nor is it one if another language that texts like to quote has it a hundred times as often ("und" in Dutch,
# "der" in Italian); what neighbours merely share stays well below that.
_QUOTED = ("de", "es", "fr", "it", "nl", "pt")
_QUOTATION = 100
_LETTER = re.compile(r"[^\W\d_]")


def training_words(corpus: Corpus, language: str) -> Counter[str]:
    """How often each word (normalised) is in a language's training queries and passages."""
    counts: Counter[str] = Counter()
    for kind in KINDS:
        texts = corpus.texts(kind, language)
        for text in texts[texts.index.isin(corpus.ids(kind, "train"))]:
            counts.update(normalize(text[start:end], language) for start, end in term_spans(text, language))
    return counts


def vocabulary(
    language: str, size: int, extra: Iterable[str] = (), can_read: Callable[[str], bool] = lambda word: True
) -> tuple[list[str], dict[str, Any]]:
    """Choose the most frequent words of a language (wordfreq; Speer 2022), then the extra ones; and count.

    Words are normalised, extra ones are in code point order. Left out are words without a letter; stand-ins
    for numbers ("0000s"); elided words, alone or with the next one, which texts have in two; those that the
    encoder cannot read, all of which would have one vector; and, in languages other than English, words
    quoted from others: those that English uses more than four times, or another large European language more
    than a hundred times, as often as the language does.

    Raises:
        UserError: wordfreq does not know the language.
    """
    code = list_of(language)
    others = [other for other in _QUOTED if other != code]
    chosen: dict[str, None] = {}
    left_out = dict.fromkeys(["without_letter", "number", "elided", "unreadable", "english", "quoted"], 0)
    for word, often in listed_words(language):
        if len(chosen) >= size:
            break
        if why := _no_word(word, language):
            left_out[why] += 1
        elif not can_read(word):
            left_out["unreadable"] += 1
        elif code != _MOST_QUOTED and often < _SHARED * frequency(word, _MOST_QUOTED):
            left_out["english"] += 1
        elif code != _MOST_QUOTED and any(often * _QUOTATION < frequency(word, other) for other in others):
            left_out["quoted"] += 1
        else:
            chosen[word] = None
    found = {normalize(word, language) for word in extra}
    added = sorted(w for w in found - chosen.keys() if not _no_word(w, language) and can_read(w))
    stats = {"language": language, "asked": size, "frequent": len(chosen), "extra": len(added)}
    stats |= {"words": len(chosen) + len(added)} | {f"left_out_{why}": n for why, n in left_out.items()}
    return [*chosen, *added], stats


def shared_words(words: Iterable[str], language: str, other: str) -> frozenset[str]:
    """Give the words that neither language uses more than four times as often as the other (wordfreq).

    "film" is shared by English and German; "die", 258 times as frequent in German, is not, nor is "the".
    """
    frequencies = ((word, frequency(word, language), frequency(word, other)) for word in words)
    return frozenset(word for word, a, b in frequencies if min(a, b) >= _SHARED * max(a, b) > 0)


def _no_word(word: str, language: str) -> str | None:
    """Why a normalised word does not belong in a vocabulary, if it does not."""
    if not _LETTER.search(word):
        return "without_letter"
    if is_number(word):
        return "number"
    if is_elided(word, language) or lacks_apostrophe(word, language):
        return "elided"
    if any(is_elided(part, language) for part in words(word, language)[:-1]):
        return "elided"
    return None
