"""Translate Test: a text brought to English word by word (Roy et al. 2020, as in Litschko et al. 2023).

Each word is replaced by its best translation; a word that the lexicon does not have stays. Every text has the
lexicon of its own language, whatever the language of what it is compared with.
"""

from collections.abc import Mapping
from itertools import pairwise

import wordfreq.chinese
import wordfreq.mecab

from switchrank.words import Span, normalize, replace_spans, word_spans

_CUT = {
    "zh": lambda text: wordfreq.chinese.jieba_tokenize(text, external_wordlist=True),
    "ja": lambda text: wordfreq.mecab.mecab_tokenize(text, "ja"),
}


def translate(text: str, language: str, lexicon: Mapping[str, str]) -> tuple[str, int, int]:
    """Bring a text to English.

    Args:
        text: in `language`; Chinese and Japanese are cut into words (jieba, MeCab).
        language: ISO 639-1.
        lexicon: English translation by word (normalised).

    Returns:
        the translated text, the number of its words, and how many of them were translated.
    """
    spans = term_spans(text, language)
    replacements: dict[Span, str] = {}
    for start, end in spans:
        translation = lexicon.get(normalize(text[start:end]))
        if translation is not None:
            replacements[start, end] = translation
    translated = len(replacements)
    if language in _CUT:  # words that touched are to be parted
        replacements = _parted(text, spans, replacements)
    return replace_spans(text, replacements), len(spans), translated


def term_spans(text: str, language: str) -> list[Span]:
    """Find the words of a text as the vocabularies have them: (start, end) from left to right."""
    if language not in _CUT:
        return word_spans(text)
    found = []
    for start, end in word_spans(text):  # a stretch of characters without a blank
        place = start
        for term in _CUT[language](text[start:end]):
            at = text.find(term, place, end)
            if at >= 0 and term.strip():  # a tokenizer may normalise what it gives; such a word stays
                found.append((at, at + len(term)))
                place = at + len(term)
    return found


def _parted(text: str, spans: list[Span], replacements: Mapping[Span, str]) -> dict[Span, str]:
    spelt = {span: replacements.get(span, text[slice(*span)]) for span in spans}
    for before, after in pairwise(spans):
        if before[1] == after[0] and (before in replacements or after in replacements):
            spelt[after] = f" {spelt[after]}"
    return spelt
