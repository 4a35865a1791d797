"""Lexicons as files: TSV with the header source, target, and score or share.

The third column says how often each of several translations of a word is drawn: a score is a similarity, a
share a weight.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from switchrank.errors import UserError
from switchrank.files import reading, text_lines, write_text
from switchrank.text.normalisation import clean, phrase, single_blanks
from switchrank.text.words import is_number, joined, length, words

MAX_SPAN = 3  # words of a source that are looked for in a text, as in the paper; an elided one does not count
SCORE, SHARE = "score", "share"
COLUMNS = ["source", "target", SCORE]
_HEADERS = (COLUMNS, ["source", "target", SHARE])
_EXPECTED = f"source, target, {SCORE} or {SHARE}"
# Of several translations of a word one is drawn with probability ∝ exp(score / temperature): at .1, one whose
# CSLS or cosine is worse by .1 is drawn about a third as often.
_TEMPERATURE = 0.1


def can_be_found(source: str, language: str) -> bool:
    """Whether a normalised source is found in texts: 1 to 3 words parted by blanks only, without numbers."""
    parts = words(source, language)
    return (
        bool(parts)
        and length(parts, language) <= MAX_SPAN
        and joined(parts, language) == source
        and not any(map(is_number, parts))
    )


def weight_of(lexicon: pd.DataFrame) -> str:
    """The name of a lexicon's third column: score or share."""
    return SHARE if SHARE in lexicon else SCORE


def write_lexicon(path: str | Path, lexicon: pd.DataFrame) -> None:
    """Write a lexicon: columns source, target, score or share (six digits)."""
    columns = ["source", "target", weight_of(lexicon)]
    rows = lexicon[columns].itertuples(index=False)
    lines = (f"{source}\t{target}\t{weight:.6g}\n" for source, target, weight in rows)
    write_text(path, "\t".join(columns) + "\n" + "".join(lines))


def read_lexicon(path: str | Path, source: str, target: str) -> pd.DataFrame:
    """Read a lexicon from one language into another (BCP 47), made here or a user's own.

    Sources are normalised, several words joined by single blanks, in the order in which they first come, the
    translations of each by score or share, equals as they come; no pair comes twice. Targets are cleaned; how
    they are cased and in which script they are is left to the lexicon.

    Raises:
        UserError: the file is missing or a line is not what is expected; it names the file and the line.
    """
    path = Path(path)
    if not path.is_file():
        raise UserError(f"{path}: not found, expected a lexicon (TSV: {_EXPECTED})")
    columns, rows = None, []
    with open(path, "rb") as handle:
        for where, _, line in text_lines(handle, path):
            fields = line.split("\t")
            texts = phrase(fields[0], source), single_blanks(clean("".join(fields[1:2]), target))
            if len(fields) != len(COLUMNS) or not all((*texts, fields[2].strip())):
                raise UserError(f"{where}: found {fields}, expected {_EXPECTED} (TSV)")
            if columns is not None:
                rows.append((*texts, _weight(where, columns[2], fields[2])))
            elif fields in _HEADERS:
                columns = fields
            else:
                raise UserError(f"{where}: found {fields}, expected the header {_EXPECTED} (TSV)")
    if not rows:
        raise UserError(f"{path}: found no translation, expected one a line after the header")
    frame = pd.DataFrame(rows, columns=columns)
    order = pd.Index(frame["source"].unique())
    frame = frame.sort_values(columns[2], ascending=False, kind="stable").drop_duplicates(COLUMNS[:2])
    return frame.sort_values("source", key=order.get_indexer, kind="stable", ignore_index=True)


def read_made_lexicon(path: str | Path, source: str, target: str) -> pd.DataFrame:
    """Read what `write_lexicon` wrote; a UserError says that it is damaged and may be removed."""
    with reading(path):
        return read_lexicon(path, source, target)


def to_mapping(lexicon: pd.DataFrame) -> dict[str, str]:
    """Give source → target; of several targets the one that comes first."""
    return lexicon.drop_duplicates("source").set_index("source")["target"].to_dict()


def to_translations(lexicon: pd.DataFrame) -> dict[str, list[tuple[str, float]]]:
    """Give source → its targets, each with the probability of being drawn, as switching reads them.

    Shares are probabilities, made to add up to 1; of scores the softmax with temperature .1 is taken.
    """
    weight = lexicon[weight_of(lexicon)]
    if SCORE in lexicon:
        highest = weight.groupby(lexicon["source"]).transform("max")
        weight = np.exp((weight - highest) / _TEMPERATURE)
    share = weight / weight.groupby(lexicon["source"]).transform("sum")
    translations: dict[str, list[tuple[str, float]]] = {}
    for source, target, probability in zip(lexicon["source"], lexicon["target"], share.tolist(), strict=True):
        translations.setdefault(source, []).append((target, probability))
    return translations


def _weight(where: str, column: str, field: str) -> float:
    expected = "a finite number" if column == SCORE else "a number above 0"
    try:
        weight = float(field)
    except ValueError:
        weight = np.nan
    if not np.isfinite(weight) or (column == SHARE and weight <= 0):
        raise UserError(f"{where}: found {column} {field!r}, expected {expected}")
    return weight
