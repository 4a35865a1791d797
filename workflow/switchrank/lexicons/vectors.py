"""Word vectors: which words a language has, their vectors, and the files that hold both."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import wordfreq
from safetensors import SafetensorError
from safetensors.numpy import load_file, save_file

from switchrank.errors import UserError
from switchrank.files import atomic, write_text
from switchrank.text.words import normalize

# A word is one of a language, and not English that its texts quote, if it is at least a quarter as frequent
# there as in English: "hotel" (0.9 in German) and "water" (1.0 in Dutch) are, "house" (0.04) and "red" (0.2)
# are not.
_SHARED = 0.25
# Nor is it one if another language that texts like to quote has it a hundred times as often ("und" in Dutch,
# "der" in Italian); what neighbours merely share stays well below that.
_QUOTED = ("de", "es", "fr", "it", "nl", "pt")
_QUOTATION = 100
_LETTER = re.compile(r"[^\W\d_]")


class TextEncoder(Protocol):
    """What encodes texts into vectors, such as `encoder.Encoder`."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Give float32 [texts, dim], rows of unit length."""


def vocabulary(language: str, size: int, extra: Iterable[str] = ()) -> tuple[list[str], dict[str, Any]]:
    """Choose the words of a language by their frequency (wordfreq; Speer 2022).

    Words are NFC and lower case. Left out are words without a letter and, in languages other than English,
    words quoted from others: those that English uses more than four times, or another large European language
    more than a hundred times, as often as the language does.

    Args:
        language: ISO 639-1.
        size: how many of the most frequent words to take (fewer if wordfreq knows fewer).
        extra: words, in any casing, to have too, whatever their frequency (those of the training text).

    Returns:
        the words, most frequent first, then the extra ones in code point order; and the counts: asked,
        frequent, extra, words, left_out_without_letter, left_out_english, left_out_quoted.

    Raises:
        UserError: wordfreq does not know the language.
    """
    _check_language(language)
    own, english = wordfreq.get_frequency_dict(language), wordfreq.get_frequency_dict("en")
    others = [wordfreq.get_frequency_dict(other) for other in _QUOTED if other != language]
    chosen: dict[str, None] = {}
    left_out = {"without_letter": 0, "english": 0, "quoted": 0}
    for listed in wordfreq.iter_wordlist(language):
        if len(chosen) >= size:
            break
        word = normalize(listed)
        if not _LETTER.search(word):
            left_out["without_letter"] += 1
        elif language != "en" and own[listed] < _SHARED * english.get(listed, 0):
            left_out["english"] += 1
        elif language != "en" and any(own[listed] * _QUOTATION < other.get(listed, 0) for other in others):
            left_out["quoted"] += 1
        else:
            chosen[word] = None
    normalized = {normalize(word) for word in extra}
    added = sorted(word for word in normalized if _LETTER.search(word) and word not in chosen)
    stats = {"language": language, "asked": size, "frequent": len(chosen), "extra": len(added)}
    stats |= {"words": len(chosen) + len(added)} | {f"left_out_{why}": n for why, n in left_out.items()}
    return [*chosen, *added], stats


def shared_words(words: Iterable[str], language: str, other: str) -> frozenset[str]:
    """Give those of `words` that truly are words of both languages, by their frequencies in wordfreq.

    A word is shared if neither language uses it more than four times as often as the other: "film" is shared
    by English and German; "die", 258 times as frequent in German, is not, nor is "the".
    """
    for name in (language, other):
        _check_language(name)
    one, two = wordfreq.get_frequency_dict(language), wordfreq.get_frequency_dict(other)
    frequencies = ((word, one.get(word, 0), two.get(word, 0)) for word in words)
    return frozenset(word for word, a, b in frequencies if min(a, b) >= _SHARED * max(a, b) > 0)


def word_vectors(words: Sequence[str], encoder: TextEncoder) -> np.ndarray:
    """Give the encoder's vectors of single words, float32 [words, dim], rows of unit length."""
    return unit_rows(encoder.encode(words))


def unit_rows(vectors: np.ndarray) -> np.ndarray:
    """Scale rows to unit length (a row of zeros stays), float32 [n, dim]."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def write_vectors(path: Path, words: Sequence[str], vectors: np.ndarray) -> None:
    """Write vectors as safetensors at `path` (.safetensors), and beside it the words (.txt), one a line.

    Args:
        path: ends in .safetensors.
        words: n words without line ends.
        vectors: float32 [n, dim].

    Raises:
        ValueError: there are not as many words as vectors.
    """
    if len(words) != len(vectors):
        raise ValueError(f"{path}: {len(words)} words, {len(vectors)} vectors")
    write_text(path.with_suffix(".txt"), "".join(f"{word}\n" for word in words))
    with atomic(path) as aside:
        save_file({"vectors": np.ascontiguousarray(vectors, dtype=np.float32)}, aside)


def read_vectors(path: Path) -> tuple[list[str], np.ndarray]:
    """Read what `write_vectors` wrote.

    Returns:
        n words; float32 [n, dim].

    Raises:
        UserError: a file is missing or broken, or there are not as many words as vectors.
    """
    names = path.with_suffix(".txt")
    for file in (path, names):
        if not file.is_file():
            raise UserError(f"{file}: not found, expected word vectors (.safetensors) and their words (.txt)")
    words = names.read_text(encoding="utf-8").split("\n")[:-1]
    try:
        tensors = load_file(path)
    except SafetensorError as error:
        raise UserError(f"{path}: found {error}, expected a safetensors file") from error
    vectors = tensors.get("vectors")
    if vectors is None or vectors.ndim != 2 or vectors.dtype != np.float32:
        raise UserError(f"{path}: found {sorted(tensors)}, expected a float32 tensor 'vectors' [words, dim]")
    if len(words) != len(vectors):
        raise UserError(
            f"{names}: found {len(words)} words, expected {len(vectors)}, as {path.name} has vectors"
        )
    return words, vectors


def read_vec(path: Path, limit: int) -> tuple[list[str], np.ndarray]:
    """Read the first vectors of a file in the text format of word2vec and fastText (MUSE's wiki.multi.*.vec).

    The first line holds the number of words and dimensions, each other line a word (which may hold spaces)
    and its numbers. Words are given NFC and lower case; of words that are then alike the first is kept, and a
    vector of zeros, which has no direction, is left out.

    Args:
        path: the file; read line by line, no further than needed.
        limit: how many words to take.

    Returns:
        n words; float32 [n, dim], rows of unit length.

    Raises:
        UserError: a line is not what is expected; it names the file and the line.
    """
    words: dict[str, None] = {}
    rows = []
    with open(path, "rb") as lines:
        count, dimension = _header(path, next(lines, b""))
        number = 1
        for number, line in enumerate(lines, start=2):
            if len(words) >= limit:
                break
            word, row = _word_and_vector(path, number, line, dimension)
            if word not in words and row.any():
                words[word] = None
                rows.append(row)
        else:
            if number - 1 < count:
                raise UserError(
                    f"{path}, line {number}: the file ends, expected {count} words, as line 1 says"
                )
    vectors = np.stack(rows) if rows else np.empty((0, dimension), np.float32)
    return list(words), unit_rows(vectors)


def _header(path: Path, line: bytes) -> tuple[int, int]:
    match = re.fullmatch(rb"(\d+) ([1-9]\d*)\s*", line)
    if not match:
        raise UserError(f"{path}, line 1: found {line[:40]!r}, expected the numbers of words and dimensions")
    return int(match[1]), int(match[2])


def _word_and_vector(path: Path, number: int, line: bytes, dimension: int) -> tuple[str, np.ndarray]:
    where = f"{path}, line {number}"
    fields = line.rstrip(b" \r\n").rsplit(b" ", dimension)
    if len(fields) != dimension + 1 or not fields[0]:
        raise UserError(f"{where}: found {len(fields) - 1} numbers, expected a word and {dimension} numbers")
    try:
        word = normalize(fields[0].decode("utf-8"))
        row = np.array([float(field) for field in fields[1:]], dtype=np.float32)
    except ValueError as error:  # of which UnicodeDecodeError is one
        raise UserError(
            f"{where}: found {error}, expected a word in UTF-8 and {dimension} numbers"
        ) from error
    if not np.isfinite(row).all():
        raise UserError(f"{where}: found a number that is not finite, expected {dimension} finite numbers")
    return word, row


def _check_language(language: str) -> None:
    known = wordfreq.available_languages()
    if language not in known:
        raise UserError(
            f"language {language}: found no word list, expected one of {', '.join(sorted(known))}"
        )
