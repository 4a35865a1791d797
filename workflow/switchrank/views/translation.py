"""Translate Test: texts translated to the source language word by word (Roy et al. 2020).

Each word is replaced by its best translation; a word that the lexicon does not have stays. Every text has the
lexicon of its own language, whatever the language of what it is compared with.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from switchrank.text.elision import is_elided
from switchrank.text.normalisation import normalize
from switchrank.text.terms import term_spans
from switchrank.text.words import is_number, joined, replace_words


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
    """Translate a text by a lexicon of normalised words; numbers stay.

    Gives the translated text, the number of its words (see terms), and how many of them were translated.
    """
    spans = term_spans(text, language)
    keys = [normalize(text[start:end], language) for start, end in spans]
    replacements, position, translated = {}, 0, 0
    while position < len(spans):
        count = 1
        if is_elided(keys[position], language):  # the lexicon may have it with the next one
            count = 2 if joined(keys[position : position + 2], language) in lexicon else 1
        found = keys[position : position + count]
        key = joined(found, language)
        if key in lexicon and not any(map(is_number, found)):
            replacements[spans[position][0], spans[position + count - 1][1]] = lexicon[key]
            translated += count
        position += count
    return replace_words(text, spans, replacements), len(spans), translated
