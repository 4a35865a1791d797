"""Terms: the words of a text in any language, cut where its script does not part them."""

import logging
from functools import cache
from tempfile import TemporaryDirectory

import jieba
import wordfreq.chinese
import wordfreq.mecab

from switchrank.text.words import Span, word_spans

# What cuts a stretch of characters into words, in languages that write them without blanks.
CUT = {
    "zh": lambda text: _jieba().lcut(text),
    "ja": lambda text: wordfreq.mecab.mecab_tokenize(text, "ja"),
}


def term_spans(text: str, language: str) -> list[Span]:
    """Find the words of a text as the vocabularies have them: (start, end) from left to right."""
    if language not in CUT:
        return word_spans(text)
    found = []
    for start, end in word_spans(text):  # a stretch of characters without a blank
        place = start
        for term in CUT[language](text[start:end]):
            at = text.find(term, place, end)
            if at >= 0 and term.strip():  # a tokenizer may normalise what it gives; such a word stays
                found.append((at, at + len(term)))
                place = at + len(term)
    return found


@cache
def _jieba() -> jieba.Tokenizer:
    """Give jieba with its own dictionary.

    It would keep that dictionary, in Python's marshal format, where any user could have put another one.
    """
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer(wordfreq.chinese.ORIG_DICT_FILENAME)
    with TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return tokenizer
