"""Translate Test: texts translated to the source language word by word (Roy et al. 2020).

Each word is replaced by its best translation; a word that the lexicon does not have stays. Every text has the
lexicon of its own language, whatever the language of what it is compared with.
"""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from switchrank.text.terms import term_spans
from switchrank.text.words import normalize, replace_spans


def translate_texts(
    texts: pd.Series, language: str, lexicon: Mapping[str, str]
) -> tuple[pd.Series, dict[str, Any]]:
    """Translate queries or passages, by id; and count texts, changed_texts, words, translated words."""
    results = [translate(text, language, lexicon) for text in texts]
    translations = pd.Series([text for text, _, _ in results], texts.index, texts.dtype, texts.name)
    words, translated = (sum(result[column] for result in results) for column in (1, 2))
    return translations, {
        "texts": len(texts),
        "changed_texts": int((translations != texts).sum()),
        "words": words,
        "translated": translated,
        "share_translated": translated / max(1, words),
    }


def translate(text: str, language: str, lexicon: Mapping[str, str]) -> tuple[str, int, int]:
    """Translate a text by a lexicon of normalised words.

    Gives the translated text, the number of its words (see terms), and how many of them were translated.
    """
    spans = term_spans(text, language)
    spelling = {span: text[slice(*span)] for span in spans}
    translated = {span: lexicon[key] for span in spans if (key := normalize(spelling[span])) in lexicon}
    replacements = spelling | translated
    for before, after in pairwise(spans):
        if before[1] == after[0] and (before in translated or after in translated):
            replacements[after] = f" {replacements[after]}"  # the words touched
    return replace_spans(text, replacements), len(spans), len(translated)
