"""Files that users bring to the command: texts, runs, qrels; a mistake is one line with file and number."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from switchrank.errors import UserError
from switchrank.files import readable, text_lines


def read_texts(path: str | Path) -> pd.Series:
    """A TSV of an id and a text in each line, without a header → text by id.

    Raises:
        UserError: the file cannot be read; a line has no two columns, an empty one, or an id again.
    """
    texts: dict[str, str] = {}
    for place, fields in _lines(path, "\t"):
        if len(fields) != 2 or not all(field.strip() for field in fields):
            raise UserError(f"{place}: found {len(fields)} columns, expected an id and a text, tab between")
        name, text = fields
        if name in texts:
            raise UserError(f"{place}: found the id {name!r} again, expected each once")
        texts[name] = text
    if not texts:
        raise UserError(f"{path}: found no text, expected an id and a text in each line")
    return pd.Series(texts, dtype=object)


def read_run(path: str | Path) -> pd.DataFrame:
    """A run in TREC's format, "query Q0 passage rank score tag" → columns line, query_id, passage_id.

    Queries come together, in the order of their first line.

    Raises:
        UserError: the file cannot be read, a line is not as expected, or a query has a passage twice.
    """
    rows = _triples(path, "query Q0 passage rank score tag", 6, (0, 2))
    frame = pd.DataFrame(rows, columns=["line", "query_id", "passage_id"])
    first = frame.groupby("query_id")["line"].transform("min")
    return (
        frame.assign(first=first).sort_values("first", kind="stable", ignore_index=True).drop(columns="first")
    )


def read_qrels(path: str | Path) -> pd.DataFrame:
    """Qrels in TREC's format, "query 0 passage relevance" → columns query_id, passage_id, relevance (int).

    Raises:
        UserError: as of read_run; a relevance is no whole number.
    """
    rows = []
    for place, query, passage, relevance in _triples(path, "query 0 passage relevance", 4, (0, 2, 3)):
        try:
            rows.append((query, passage, int(relevance)))
        except ValueError:
            raise UserError(f"{path}, line {place}: found {relevance!r}, expected a whole number") from None
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "relevance"])


def _triples(
    path: str | Path, form: str, count: int, columns: Sequence[int]
) -> Iterator[tuple[int | str, ...]]:
    """The number of each line, and some of its columns, of which the first two are not found twice."""
    seen: set[tuple[str, str]] = set()
    for number, (place, fields) in enumerate(_lines(path, None), start=1):
        if len(fields) != count:
            raise UserError(f'{place}: found {len(fields)} columns, expected "{form}"')
        chosen = [fields[column] for column in columns]
        if (pair := (chosen[0], chosen[1])) in seen:
            raise UserError(f"{place}: found query {pair[0]!r} with passage {pair[1]!r} again, expected once")
        seen.add(pair)
        yield number, *chosen
    if not seen:
        raise UserError(f'{path}: found no line, expected "{form}"')


def _lines(path: str | Path, separator: str | None) -> Iterator[tuple[str, list[str]]]:
    """Where each line is, for messages, and its columns."""
    try:
        handle = open(path, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}, expected a file") from None
    with handle:
        for place, _, line in text_lines(readable(handle, path), path):
            yield place, line.split(separator)
