"""Bilingual lexicons induced from cross-lingual word vectors, their quality, and their files."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch

from switchrank.errors import UserError
from switchrank.files import write_text
from switchrank.words import normalize

METHODS = ("csls", "nn")
_COLUMNS = ["source", "target", "score"]
_BLOCK_BYTES = 1 << 26  # of similarities held at a time


def induce(
    source_words: Sequence[str],
    source_vectors: np.ndarray,
    target_words: Sequence[str],
    target_vectors: np.ndarray,
    method: str = "csls",
    k: int = 10,
    shared: Collection[str] = frozenset(),
) -> pd.DataFrame:
    """Translate each source word into the target word whose vector is nearest to its own.

    "csls" is cross-domain similarity local scaling (Conneau et al., ICLR 2018, eq. 3): 2 cos(x, y) − r(x) −
    r(y), where r is the mean cosine to the k nearest neighbours in the other language; it keeps hubs, words
    near to everything, from being everyone's translation. "nn" is the plain cosine. Of equally near words the
    one earlier in the target list, the more frequent one, is taken.

    Args:
        source_words: n words.
        source_vectors: float32 [n, dim], rows of unit length.
        target_words: m words.
        target_vectors: float32 [m, dim], rows of unit length, in the same space.
        method: "csls" or "nn".
        k: neighbours that make a neighbourhood.
        shared: words that both languages truly have; any other word is never its own translation, though an
            encoder of many languages gives the same string the same vector.

    Returns:
        source, target, score, in the order of the source words; a word without any candidate is left out.

    Raises:
        ValueError: the method is not known.
    """
    if method not in METHODS:
        raise ValueError(f"method {method!r}: expected one of {', '.join(METHODS)}")
    forbidden = {word: column for column, word in enumerate(target_words) if word not in shared}
    hubness = neighbourhood(target_vectors, source_vectors, k) if method == "csls" else None
    best, scores = [], []
    for start, similarity in _similarities(source_vectors, target_vectors):
        if hubness is not None:
            own = _mean_of_nearest(similarity, k)
            similarity *= 2
            similarity -= own[:, None]
            similarity -= hubness
        for row, word in enumerate(source_words[start : start + len(similarity)]):
            if word in forbidden:
                similarity[row, forbidden[word]] = -np.inf
        if similarity.shape[1]:
            best.append(similarity.argmax(axis=1))
            scores.append(similarity.max(axis=1))
    found, score = np.concatenate([*best, []]).astype(int), np.concatenate([*scores, []])
    targets = [target_words[column] for column in found]
    frame = pd.DataFrame(dict(zip(_COLUMNS, (list(source_words)[: len(found)], targets, score), strict=True)))
    return frame[np.isfinite(frame["score"].to_numpy())].reset_index(drop=True)


def neighbourhood(vectors: np.ndarray, others: np.ndarray, k: int) -> np.ndarray:
    """Give each vector's mean cosine to its k nearest of `others`, float32 [n] (r in Conneau et al. 2018)."""
    means = [_mean_of_nearest(similarity, k) for _, similarity in _similarities(vectors, others)]
    return np.concatenate([*means, np.empty(0, np.float32)])


def quality(lexicon: pd.DataFrame, pairs: pd.DataFrame, target_words: Collection[str]) -> dict[str, Any]:
    """Measure a lexicon against a dictionary that it has not seen.

    Args:
        lexicon: source, target.
        pairs: source, target; a source may have several targets, each of which is right.
        target_words: the vocabulary that the lexicon's targets were chosen from.

    Returns:
        entries: source words of the dictionary; n: those that the lexicon has; coverage: n / entries;
        precision_at_1: share of the n whose translation is a right one; reachable: those of the n of which a
        right translation is in the target vocabulary at all; precision_at_1_reachable: share of them that are
        right. A share of nothing is None.
    """
    right = pairs.groupby("source")["target"].agg(set).to_dict()
    translations = to_mapping(lexicon)
    covered = [source for source in right if source in translations]
    vocabulary = set(target_words)
    reachable = [source for source in covered if right[source] & vocabulary]
    hits = sum(translations[source] in right[source] for source in covered)
    return {
        "entries": len(right),
        "n": len(covered),
        "coverage": _share(len(covered), len(right)),
        "precision_at_1": _share(hits, len(covered)),
        "reachable": len(reachable),
        "precision_at_1_reachable": _share(hits, len(reachable)),
    }


def to_mapping(lexicon: pd.DataFrame) -> dict[str, str]:
    """Give source → target, as switching reads it; of several targets the one that comes first."""
    first = lexicon.drop_duplicates("source")
    return dict(zip(first["source"], first["target"], strict=True))


def write_lexicon(path: Path, lexicon: pd.DataFrame) -> None:
    """Write a lexicon as TSV with the header source, target, score (six decimals)."""
    rows = zip(*(lexicon[column] for column in _COLUMNS), strict=True)
    lines = (f"{source}\t{target}\t{score:.6f}\n" for source, target, score in rows)
    write_text(path, "\t".join(_COLUMNS) + "\n" + "".join(lines))


def read_lexicon(path: Path) -> pd.DataFrame:
    """Read a lexicon, induced or a user's own: TSV with the header source, target, score.

    Returns:
        source (normalised), target, score; each source with its best target by score, the first of equals.

    Raises:
        UserError: the file is missing or a line is not what is expected; it names the file and the line.
    """
    if not path.is_file():
        raise UserError(f"{path}: not found, expected a lexicon (TSV: {', '.join(_COLUMNS)})")
    rows = []
    with open(path, "rb") as lines:
        for number, line in enumerate(lines, start=1):
            fields = _fields(path, number, line)
            if number > 1:
                rows.append((normalize(fields[0]), fields[1], _score(path, number, fields[2])))
            elif fields != _COLUMNS:
                raise UserError(f"{path}, line 1: found {fields}, expected the header {_COLUMNS} (TSV)")
    if not rows:
        raise UserError(f"{path}: found no translation, expected one a line after the header")
    frame = pd.DataFrame(rows, columns=_COLUMNS)
    best = frame.sort_values("score", ascending=False, kind="stable").drop_duplicates("source")
    return best.sort_index().reset_index(drop=True)


def _similarities(rows: np.ndarray, columns: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Yield each block of rows' first row and cosines with all columns, float32 [block, columns]."""
    size = max(1, _BLOCK_BYTES // (4 * max(1, len(columns))))
    for start in range(0, len(rows), size):
        yield start, rows[start : start + size] @ columns.T


def _mean_of_nearest(similarity: np.ndarray, k: int) -> np.ndarray:
    k = min(k, similarity.shape[1])  # torch's selection is several times as fast as numpy's
    return torch.from_numpy(similarity).topk(k, dim=1, sorted=False).values.mean(dim=1).numpy()


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _fields(path: Path, number: int, line: bytes) -> list[str]:
    try:
        fields = line.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}, line {number}: found {error}, expected UTF-8") from error
    if len(fields) != len(_COLUMNS) or not all(field.strip() for field in fields):
        raise UserError(f"{path}, line {number}: found {fields}, expected {', '.join(_COLUMNS)} (TSV)")
    return fields


def _score(path: Path, number: int, field: str) -> float:
    try:
        score = float(field)
    except ValueError:
        score = np.nan
    if not np.isfinite(score):
        raise UserError(f"{path}, line {number}: found score {field!r}, expected a finite number")
    return score
