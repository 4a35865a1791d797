"""Files of texts, JSONL or TSV, line by line."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from switchrank.errors import UserError
from switchrank.files import text_lines

FORMATS = ("jsonl", "tsv")


@dataclass(frozen=True)
class Row:
    """A line of a file of texts.

    Attributes:
        id: the text's, else the number of its line.
        text: None for a header.
        with_text: the line with another text in its place.
    """

    id: str
    text: str | None
    with_text: Callable[[str], str]


def rows(lines: Iterable[bytes], form: str, field: str, id_field: str | None, source: str) -> Iterator[Row]:
    """Read a file of texts.

    Args:
        lines: of the file.
        form: "jsonl": an object a line; "tsv": with a header, or without one where `field` is a number.
        field: the key or column of the text; of a TSV without a header the column's number, from 1.
        id_field: the same of the text's id; None: there is none.
        source: the file's name, for messages.

    Raises:
        UserError: a line is not what is expected; it names the file and the line.
    """
    decoded = text_lines(lines, source)
    return _json_rows(decoded, field, id_field) if form == "jsonl" else _tsv_rows(decoded, field, id_field)


def _json_rows(lines: Iterable[tuple[str, int, str]], field: str, id_field: str | None) -> Iterator[Row]:
    for place, number, line in lines:
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise UserError(f"{place}: {error.msg} at character {error.pos + 1}, expected JSON") from None
        if not isinstance(record, dict) or not isinstance(record.get(field), str):
            raise UserError(f"{place}: found no text under {field!r}, expected an object that has one")
        if id_field is not None and not isinstance(record.get(id_field), str | int):
            raise UserError(f"{place}: found no id under {id_field!r}, expected a text or a whole number")
        name = str(number if id_field is None else record[id_field])

        def with_text(text: str, record: dict = record) -> str:
            return json.dumps(record | {field: text}, ensure_ascii=False)

        yield Row(name, record[field], with_text)


def _tsv_rows(lines: Iterable[tuple[str, int, str]], field: str, id_field: str | None) -> Iterator[Row]:
    columns: Sequence[str] | None = None
    for place, number, line in lines:
        cells = line.split("\t")
        if columns is None:
            if not field.isdecimal():
                columns = cells
                yield Row("", None, lambda _, line=line: line)
                _column(field, columns, place)
                continue
            columns = [str(position) for position in range(1, len(cells) + 1)]
        if len(cells) != len(columns):
            raise UserError(f"{place}: found {len(cells)} columns, expected {len(columns)}")
        text_at = _column(field, columns, place)
        name = str(number) if id_field is None else cells[_column(id_field, columns, place)]

        def with_text(text: str, cells: list[str] = cells, at: int = text_at) -> str:
            return "\t".join([*cells[:at], text, *cells[at + 1 :]])

        yield Row(name, cells[text_at], with_text)


def _column(name: str, columns: Sequence[str], place: str) -> int:
    if name not in columns:
        raise UserError(f"{place}: found the columns {', '.join(columns)}, expected {name!r} among them")
    return columns.index(name)
