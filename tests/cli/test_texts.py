"""Files of texts, and lines that are not what is expected."""

import json

import pytest

from switchrank.cli.texts import rows
from switchrank.errors import UserError


def read(content, form, field="text", id_field=None):
    return list(rows(content.splitlines(keepends=True), form, field, id_field, "f"))


def test_jsonl_keeps_all_other_keys():
    first, second = read(
        '{"_id": 7, "text": "é", "n": [1]}\n\n{"_id": "x", "text": ""}'.encode(), "jsonl", id_field="_id"
    )
    assert (first.id, first.text, second.id, second.text) == ("7", "é", "x", "")
    assert json.loads(first.with_text("ü")) == {"_id": 7, "text": "ü", "n": [1]}
    assert "ü" in first.with_text("ü")


def test_without_ids_the_lines_number_is_one():
    assert [row.id for row in read(b'{"text": "a"}\n\n{"text": "b"}\n', "jsonl")] == ["1", "3"]


def test_tsv_with_a_header():
    header, row = read("\ufeffid\ttext\r\n1\ta b\r\n".encode(), "tsv", id_field="id")
    assert (header.text, header.with_text("")) == (None, "id\ttext")
    assert (row.id, row.text, row.with_text("c d")) == ("1", "a b", "1\tc d")


def test_tsv_without_a_header():
    [row] = read(b"1\ta b\n", "tsv", "2", "1")
    assert (row.id, row.text, row.with_text("c")) == ("1", "a b", "1\tc")


@pytest.mark.parametrize(
    "content, form, field, id_field, error",
    [
        (
            b'{"text": "a"}\n{"text"',
            "jsonl",
            "text",
            None,
            "f, line 2: Expecting ':' delimiter at character 8",
        ),
        (b'{"texts": "a"}', "jsonl", "text", None, "f, line 1: found no text under 'text'"),
        (b"[1]", "jsonl", "text", None, "f, line 1: found no text under 'text'"),
        (b'{"text": "a", "id": null}', "jsonl", "text", "id", "f, line 1: found no id under 'id'"),
        (b"id\tbody\n1\ta", "tsv", "text", None, "f, line 1: found the columns id, body, expected 'text'"),
        (b"1\ta", "tsv", "3", None, "f, line 1: found the columns 1, 2, expected '3'"),
        (b"id\ttext\n1", "tsv", "text", None, "f, line 2: found 1 columns, expected 2"),
        (b"\xff", "tsv", "text", None, "expected UTF-8"),
    ],
)
def test_a_wrong_line_is_named(content, form, field, id_field, error):
    with pytest.raises(UserError) as failure:
        read(content, form, field, id_field)
    assert error in str(failure.value)
