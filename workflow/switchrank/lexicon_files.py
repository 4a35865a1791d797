"""Lexicons as files: TSV with the header source, target, score."""

from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.errors import UserError
from switchrank.files import write_text
from switchrank.words import normalize

COLUMNS = ["source", "target", "score"]
# Of several translations of a word one is drawn with probability ∝ exp(score / temperature): at .1, one whose
# CSLS or cosine is worse by .1 is drawn about a third as often.
_TEMPERATURE = 0.1


def write_lexicon(path: Path, lexicon: pd.DataFrame) -> None:
    """Write a lexicon: columns source, target, score (six decimals)."""
    rows = zip(*(lexicon[column] for column in COLUMNS), strict=True)
    lines = (f"{source}\t{target}\t{score:.6f}\n" for source, target, score in rows)
    write_text(path, "\t".join(COLUMNS) + "\n" + "".join(lines))


def read_lexicon(path: Path) -> pd.DataFrame:
    """Read a lexicon, made here or a user's own.

    Returns:
        source (normalised, several words joined by single blanks), target, score; sources in the order in
        which they first come, the translations of each by score, equals as they come; no pair twice.

    Raises:
        UserError: the file is missing or a line is not what is expected; it names the file and the line.
    """
    if not path.is_file():
        raise UserError(f"{path}: not found, expected a lexicon (TSV: {', '.join(COLUMNS)})")
    rows = []
    with open(path, "rb") as lines:
        for number, line in enumerate(lines, start=1):
            fields = _fields(path, number, line)
            if number > 1:
                source = " ".join(normalize(fields[0]).split())
                rows.append((source, fields[1].strip(), _score(path, number, fields[2])))
            elif fields != COLUMNS:
                raise UserError(f"{path}, line 1: found {fields}, expected the header {COLUMNS} (TSV)")
    if not rows:
        raise UserError(f"{path}: found no translation, expected one a line after the header")
    frame = pd.DataFrame(rows, columns=COLUMNS)
    place = {source: place for place, source in enumerate(dict.fromkeys(frame["source"]))}
    frame = frame.sort_values("score", ascending=False, kind="stable").drop_duplicates(["source", "target"])
    return frame.sort_values("source", key=lambda own: own.map(place), kind="stable", ignore_index=True)


def to_mapping(lexicon: pd.DataFrame) -> dict[str, str]:
    """Give source → target; of several targets the one that comes first."""
    first = lexicon.drop_duplicates("source")
    return dict(zip(first["source"], first["target"], strict=True))


def to_translations(lexicon: pd.DataFrame) -> dict[str, list[tuple[str, float]]]:
    """Give source → its targets, each with the probability of being drawn, as switching reads them.

    Probabilities are a softmax of the scores with temperature .1; with equal scores all are equally likely.
    """
    weight = np.exp((lexicon["score"] - lexicon.groupby("source")["score"].transform("max")) / _TEMPERATURE)
    share = weight / weight.groupby(lexicon["source"]).transform("sum")
    translations: dict[str, list[tuple[str, float]]] = {}
    for source, target, probability in zip(lexicon["source"], lexicon["target"], share, strict=True):
        translations.setdefault(source, []).append((target, float(probability)))
    return translations


def _fields(path: Path, number: int, line: bytes) -> list[str]:
    try:
        fields = line.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}, line {number}: found {error}, expected UTF-8") from error
    if len(fields) != len(COLUMNS) or not all(field.strip() for field in fields):
        raise UserError(f"{path}, line {number}: found {fields}, expected {', '.join(COLUMNS)} (TSV)")
    return fields


def _score(path: Path, number: int, field: str) -> float:
    try:
        score = float(field)
    except ValueError:
        score = np.nan
    if not np.isfinite(score):
        raise UserError(f"{path}, line {number}: found score {field!r}, expected a finite number")
    return score
