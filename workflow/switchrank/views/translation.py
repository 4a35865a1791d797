"""Translate Test: texts brought to the source language word by word (Roy et al. 2020).

Each word is replaced by its best translation; a word that the lexicon does not have stays. Every text has the
lexicon of its own language, whatever the language of what it is compared with.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from switchrank.text.terms import is_cut, term_spans
from switchrank.text.words import Span, normalize, replace_spans


def translate_texts(
    texts: pd.Series, language: str, lexicon: Mapping[str, str]
) -> tuple[pd.Series, dict[str, Any]]:
    """Bring queries or passages, by id, to the source language; see translate.

    Returns:
        the translated texts by id; and the counts: texts, changed_texts, words, translated, share_translated.
    """
    results = [translate(text, language, lexicon) for text in texts]
    translations = pd.Series([text for text, _, _ in results], texts.index, texts.dtype, texts.name)
    words, translated = (sum(result[place] for result in results) for place in (1, 2))
    return translations, {
        "texts": len(texts),
        "changed_texts": int((translations != texts).sum()),
        "words": words,
        "translated": translated,
        "share_translated": translated / max(1, words),
    }


def translate(text: str, language: str, lexicon: Mapping[str, str]) -> tuple[str, int, int]:
    """Bring a text to the source language.

    Args:
        text: in `language`; Chinese and Japanese are cut into words (jieba, MeCab).
        language: BCP 47.
        lexicon: translation by word (normalised).

    Returns:
        the translated text, the number of its words, and how many of them were translated.
    """
    spans = term_spans(text, language)
    translations = {span: lexicon.get(normalize(text[slice(*span)])) for span in spans}
    replacements = {span: text for span, text in translations.items() if text is not None}
    translated = len(replacements)
    if is_cut(language):  # words that touched are to be parted
        replacements = _parted(text, spans, replacements)
    return replace_spans(text, replacements), len(spans), translated


def _parted(text: str, spans: list[Span], replacements: Mapping[Span, str]) -> dict[Span, str]:
    spelt = {span: replacements.get(span, text[slice(*span)]) for span in spans}
    for before, after in pairwise(spans):
        if before[1] == after[0] and (before in replacements or after in replacements):
            spelt[after] = f" {spelt[after]}"
    return spelt
