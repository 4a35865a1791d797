"""Terms: the words of a text in any language, cut where its script has no blanks between them."""

import logging
from collections.abc import Callable
from functools import cache, partial
from tempfile import TemporaryDirectory

import jieba
import wordfreq.chinese
import wordfreq.mecab

from switchrank.languages import base_language
from switchrank.text.words import Span, word_spans


def term_spans(text: str, language: str) -> list[Span]:
    """Find the words of a text as the vocabularies have them: (start, end) from left to right."""
    cut = _cutter(language)
    if cut is None:
        return word_spans(text)
    spans = []
    for start, end in word_spans(text):  # a stretch of characters without a blank
        for term in cut(text[start:end]):
            position = text.find(term, start, end)
            if position >= 0 and term.strip():  # a tokenizer may normalise what it gives; such a word stays
                start = position + len(term)
                spans.append((position, start))
    return spans


@cache
def _cutter(language: str) -> Callable[[str], list[str]] | None:
    """What cuts a stretch of characters into words, in languages written without blanks.

    Jieba would keep its dictionary, in Python's marshal format, where any user could have put another one.
    """
    if base_language(language) == "ja":
        return partial(wordfreq.mecab.mecab_tokenize, lang="ja")
    if base_language(language) != "zh":
        return None
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer(wordfreq.chinese.ORIG_DICT_FILENAME)
    with TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return tokenizer.lcut
