"""Files of texts, JSONL or TSV, changed line by line."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence

from switchrank.errors import UserError
from switchrank.files import text_lines

Change = Callable[[str, str], str]  # (id, text) → another text
Line = tuple[str, int, str]  # see text_lines


def changed(
    lines: Iterable[bytes], form: str, field: str, id_field: str | None, source: str, change: Change
) -> Iterator[str]:
    """The lines of a file of texts, with each text changed; a header and all else stay as they are.

    Args:
        lines: of the file.
        form: "jsonl": an object a line; "tsv": with a header, or without one where `field` is a number.
        field: the key or column of the text; of a TSV without a header the column's number, from 1.
        id_field: the same of the text's id; None: the number of its line is its id.
        source: the file's name, for messages.
        change: is called with id and text.

    Raises:
        UserError: a line is not what is expected; it names the file and the line.
    """
    change_lines = _json if form == "jsonl" else _tsv
    return change_lines(text_lines(lines, source), field, id_field, change)


def _json(lines: Iterable[Line], field: str, id_field: str | None, change: Change) -> Iterator[str]:
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
        record[field] = change(name, record[field])
        yield json.dumps(record, ensure_ascii=False)


def _tsv(lines: Iterable[Line], field: str, id_field: str | None, change: Change) -> Iterator[str]:
    columns: Sequence[str] | None = None
    for place, number, line in lines:
        cells = line.split("\t")
        if columns is None:
            has_header = not field.isdecimal()
            columns = cells if has_header else [str(position) for position in range(1, len(cells) + 1)]
            for name in filter(None, (field, id_field)):
                if name not in columns:
                    known = ", ".join(columns)
                    raise UserError(f"{place}: found the columns {known}, expected {name!r} among them")
            if has_header:
                yield line
                continue
        if len(cells) != len(columns):
            raise UserError(f"{place}: found {len(cells)} columns, expected {len(columns)}")
        name = str(number) if id_field is None else cells[columns.index(id_field)]
        text_at = columns.index(field)
        cells[text_at] = change(name, cells[text_at])
        yield "\t".join(cells)
