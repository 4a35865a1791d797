"""Terms: the words of a text in any language, cut where its script does not part them."""

import logging
from functools import cache
from tempfile import TemporaryDirectory

import jieba
import langcodes
import wordfreq.chinese
import wordfreq.mecab

from switchrank.text.words import Span, word_spans

# What cuts a stretch of characters into words, in languages that write them without blanks.
_CUTTERS = {
    "zh": lambda text: _jieba().lcut(text),
    "ja": lambda text: wordfreq.mecab.mecab_tokenize(text, "ja"),
}


def is_cut(language: str) -> bool:
    """Whether a language (BCP 47) is written without blanks, so that words may touch."""
    return _base(language) in _CUTTERS


def term_spans(text: str, language: str) -> list[Span]:
    """Find the words of a text as the vocabularies have them: (start, end) from left to right."""
    if not is_cut(language):
        return word_spans(text)
    spans = []
    for start, end in word_spans(text):  # a stretch of characters without a blank
        for term in _CUTTERS[_base(language)](text[start:end]):
            place = text.find(term, start, end)
            if place >= 0 and term.strip():  # a tokenizer may normalise what it gives; such a word stays
                start = place + len(term)
                spans.append((place, start))
    return spans


@cache
def _base(language: str) -> str:
    """The language whatever its script or region: "zh" of "zh-Hans"."""
    return langcodes.Language.get(language).language


@cache
def _jieba() -> jieba.Tokenizer:
    """Jieba with its own dictionary.

    It would keep that dictionary, in Python's marshal format, where any user could have put another one.
    """
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer(wordfreq.chinese.ORIG_DICT_FILENAME)
    with TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return tokenizer
