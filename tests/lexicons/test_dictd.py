"""Dictionaries of dictd: every entry is read once, and damage is told in one line."""

import pytest
from dictd_dictionary import number, write_dictionary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from switchrank.files import Unreadable
from switchrank.lexicons.dictd import read_entries

relaxed = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(folder):
    return read_entries(folder / "d.index", folder / "d.dict.dz")


@relaxed
@given(st.lists(st.text("aé猫 ", min_size=1, max_size=9), max_size=80))
def test_entries_come_in_the_order_of_the_text(tmp_path, bodies):
    entries = [f"word{place} /x/\n{body}\n" for place, body in enumerate(bodies)]
    assert read(write_dictionary(tmp_path, "d", entries)) == entries


def test_an_entry_with_several_headwords_comes_once_and_one_word_may_have_several_entries(tmp_path):
    entries = ["dog /x/\nHund\n", "dog /x/\nBock\n"]
    write_dictionary(tmp_path, "d", entries)
    index = tmp_path / "d.index"
    lines = index.read_text().splitlines(keepends=True)
    index.write_text("".join([*lines, *(line.replace("dog", "hound") for line in lines if "dog" in line)]))
    assert read(tmp_path) == entries


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (f"dog\tA\t{number(10_000)}\n", r"d\.index: damaged \(10000 bytes expected"),
        ("dog\tA\n", r"d\.index: damaged \(not enough values"),
        ("dog\tA\t?\n", r"d\.index: damaged \('\?'\)"),
    ],
)
def test_a_damaged_index_is_one_line(tmp_path, line, words):
    write_dictionary(tmp_path, "d", ["cat /x/\nKatze\n"])
    with open(tmp_path / "d.index", "a") as handle:
        handle.write(line)
    with pytest.raises(Unreadable, match=rf"{words}.*: remove the folder of its download") as failure:
        read(tmp_path)
    assert "\n" not in str(failure.value)


@relaxed
@given(st.data())
def test_a_damaged_text_is_one_line_or_not_noticed(tmp_path, data):
    path = write_dictionary(tmp_path, "d", ["cat /x/\nKätzchen\n" * 9]) / "d.dict.dz"
    damaged = bytearray(path.read_bytes())
    position = data.draw(st.integers(0, len(damaged) - 1))
    if data.draw(st.booleans()):
        damaged[position] ^= data.draw(st.integers(1, 255))
    else:
        del damaged[position:]
    path.write_bytes(damaged)
    try:
        read(tmp_path)
    except Unreadable as error:
        assert "\n" not in str(error)


def test_a_missing_file_is_named(tmp_path):
    write_dictionary(tmp_path, "d", [])
    (tmp_path / "d.dict.dz").unlink()
    with pytest.raises(Unreadable, match=r"d\.dict\.dz: not found"):
        read(tmp_path)
