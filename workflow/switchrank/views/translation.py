"""Translate Test: a text brought to English word by word (Roy et al. 2020, as in Litschko et al. 2023).

Each word is replaced by its best translation; a word that the lexicon does not have stays. Every text has the
lexicon of its own language, whatever the language of what it is compared with.
"""

from collections.abc import Mapping
from itertools import pairwise

from switchrank.text.terms import CUT, term_spans
from switchrank.text.words import Span, normalize, replace_spans


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
    if language in CUT:  # words that touched are to be parted
        replacements = _parted(text, spans, replacements)
    return replace_spans(text, replacements), len(spans), translated


def _parted(text: str, spans: list[Span], replacements: Mapping[Span, str]) -> dict[Span, str]:
    spelt = {span: replacements.get(span, text[slice(*span)]) for span in spans}
    for before, after in pairwise(spans):
        if before[1] == after[0] and (before in replacements or after in replacements):
            spelt[after] = f" {spelt[after]}"
    return spelt
