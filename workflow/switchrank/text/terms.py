"""Terms: the words of a text in any language, cut where its script has no blanks between them."""

import logging
import unicodedata
from collections.abc import Callable
from functools import cache, partial
from tempfile import TemporaryDirectory

import jieba
import regex
import wordfreq.chinese
import wordfreq.mecab

from switchrank.languages import base_language
from switchrank.text.normalisation import clean, is_chinese, simplified
from switchrank.text.words import Span, word_spans

_Spell = Callable[[str], str]
_Cut = Callable[[str], list[str]]

_CHARACTER = regex.compile(r"\X")  # with its marks


def term_spans(text: str, language: str) -> list[Span]:
    """Find the words of a text as the vocabularies have them: (start, end) from left to right.

    They do not overlap, and every letter and digit is in one.
    """
    spans = word_spans(text, language)
    cutter = _cutter(language)
    if cutter is None:
        return spans
    spell, cut = cutter
    return [
        (start + a, start + b)
        for start, end in spans  # a stretch of characters without a blank
        for a, b in _cut(text[start:end], spell, cut, language)
    ]


def _cut(stretch: str, spell: _Spell, cut: _Cut, language: str) -> list[Span]:
    """Cut a stretch as it is usually spelt; the terms' places in it as it is spelt here."""
    usual, places = "", []  # the place of each character
    for match in _CHARACTER.finditer(stretch):
        spelt = spell(clean(match[0], language))
        usual += spelt
        places += [match.span()] * len(spelt)
    edges, end = set(), 0  # in the usual spelling, where a term begins
    for term in cut(usual):
        start = usual.find(term, end)
        if start >= 0:  # what a tokenizer leaves out or changes is a term of its own
            end = start + len(term)
            edges |= {start, end}
    starts = sorted({0} | {places[edge][0] for edge in edges if edge < len(places)})
    return list(zip(starts, [*starts[1:], len(stretch)], strict=True))


@cache
def _cutter(language: str) -> tuple[_Spell, _Cut] | None:
    """How what is cut is spelt, and what cuts it into words, in languages written without blanks.

    Jieba would keep its dictionary, in Python's marshal format, where any user could have put another one.
    """
    if base_language(language) == "ja":
        # MeCab is given compatible characters (NFKC), so that it gives back what it was given.
        return partial(unicodedata.normalize, "NFKC"), partial(wordfreq.mecab.mecab_tokenize, lang="ja")
    if not is_chinese(language):
        return None
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer(wordfreq.chinese.ORIG_DICT_FILENAME)
    with TemporaryDirectory() as folder:
        tokenizer.tmp_dir = folder
        tokenizer.initialize()
    return simplified, tokenizer.lcut
