"""The words of a language: its most frequent ones, and those of a collection's training texts."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

import wordfreq

from switchrank.collections.base import KINDS, Corpus
from switchrank.errors import UserError
from switchrank.languages import base_language
from switchrank.text.terms import term_spans
from switchrank.text.words import normalize

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
            counts.update(normalize(text[start:end]) for start, end in term_spans(text, language))
    return counts


def vocabulary(language: str, size: int, extra: Iterable[str] = ()) -> tuple[list[str], dict[str, Any]]:
    """Choose the most frequent words of a language (wordfreq; Speer 2022), then the extra ones; and count.

    Words are normalised, extra ones are in code point order. Left out are words without a letter and, in
    languages other than English, words quoted from others: those that English uses more than four times, or
    another large European language more than a hundred times, as often as the language does.

    Raises:
        UserError: wordfreq does not know the language.
    """
    code = _listed(language)
    frequencies, english = wordfreq.get_frequency_dict(code), wordfreq.get_frequency_dict(_MOST_QUOTED)
    others = [wordfreq.get_frequency_dict(other) for other in _QUOTED if other != code]
    chosen: dict[str, None] = {}
    left_out = {"without_letter": 0, "english": 0, "quoted": 0}
    for listed in wordfreq.iter_wordlist(code):
        if len(chosen) >= size:
            break
        word, frequency = normalize(listed), frequencies[listed]
        if not _LETTER.search(word):
            left_out["without_letter"] += 1
        elif code != _MOST_QUOTED and frequency < _SHARED * english.get(listed, 0):
            left_out["english"] += 1
        elif code != _MOST_QUOTED and any(frequency * _QUOTATION < o.get(listed, 0) for o in others):
            left_out["quoted"] += 1
        else:
            chosen[word] = None
    added = sorted(word for word in set(map(normalize, extra)) - chosen.keys() if _LETTER.search(word))
    stats = {"language": language, "asked": size, "frequent": len(chosen), "extra": len(added)}
    stats |= {"words": len(chosen) + len(added)} | {f"left_out_{why}": n for why, n in left_out.items()}
    return [*chosen, *added], stats


def shared_words(words: Iterable[str], language: str, other: str) -> frozenset[str]:
    """Give the words that neither language uses more than four times as often as the other (wordfreq).

    "film" is shared by English and German; "die", 258 times as frequent in German, is not, nor is "the".
    """
    first, second = (wordfreq.get_frequency_dict(_listed(name)) for name in (language, other))
    frequencies = ((word, first.get(word, 0), second.get(word, 0)) for word in words)
    return frozenset(word for word, a, b in frequencies if min(a, b) >= _SHARED * max(a, b) > 0)


def _listed(language: str) -> str:
    """The code that wordfreq has a language by: it has one list for all scripts and regions of a language."""
    code, known = base_language(language), wordfreq.available_languages()
    if code not in known:
        expected = ", ".join(sorted(known))
        raise UserError(f"language {language}: found no word list, expected one of {expected}")
    return code
