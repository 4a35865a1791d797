"""Files of texts, and lines that are not what is expected."""

import pytest

from switchrank.cli.texts import changed
from switchrank.errors import UserError


def change(content, form, field="text", id_field=None):
    """The lines with every text in capitals; the texts by id."""
    texts = {}

    def to_capitals(name, text):
        texts[name] = text
        return text.upper()

    return list(changed(content.splitlines(keepends=True), form, field, id_field, "f", to_capitals)), texts


def test_jsonl_keeps_all_other_keys():
    lines, texts = change(
        '{"_id": 7, "text": "é", "n": [1]}\n\n{"_id": "x", "text": ""}'.encode(), "jsonl", id_field="_id"
    )
    assert texts == {"7": "é", "x": ""}
    assert lines == ['{"_id": 7, "text": "É", "n": [1]}', '{"_id": "x", "text": ""}']


def test_without_ids_the_lines_number_is_one():
    assert list(change(b'{"text": "a"}\n\n{"text": "b"}\n', "jsonl")[1]) == ["1", "3"]


def test_tsv_with_a_header():
    lines, texts = change("\ufeffid\ttext\r\n1\ta b\r\n".encode(), "tsv", id_field="id")
    assert (lines, texts) == (["id\ttext", "1\tA B"], {"1": "a b"})


def test_tsv_without_a_header():
    assert change(b"x\ta b\n", "tsv", "2", "1") == (["x\tA B"], {"x": "a b"})


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
        change(content, form, field, id_field)
    assert error in str(failure.value)
