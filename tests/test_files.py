import errno
import os
import re
import signal
import subprocess
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from switchrank.errors import UserError
from switchrank.files import (
    atomic,
    check_folder,
    check_writable,
    copy,
    read_arrow,
    read_csv,
    read_files,
    read_json,
    read_parquet,
    read_safetensors,
    reading,
    write_arrow,
    write_json,
    write_parquet,
    write_text,
    writing,
)

LIBRARY = str(Path(__file__).parents[1] / "workflow")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_with_its_folders(tmp_path):
    path = tmp_path / "results" / "pocket" / "stats.json"
    write_json(path, {"b": 1, "a": "ü"})
    assert path.read_text(encoding="utf-8") == '{\n  "b": 1,\n  "a": "ü"\n}\n'
    assert names(path.parent) == ["stats.json"]


def test_a_block_that_fails_leaves_the_file_as_it_was_and_nothing_beside_it(tmp_path):
    path = tmp_path / "lexicon.tsv"
    write_text(path, "old")
    with pytest.raises(RuntimeError), atomic(path) as aside:
        aside.write_text("new, but n")
        raise RuntimeError
    assert path.read_text() == "old"
    assert names(tmp_path) == ["lexicon.tsv"]


def test_the_file_is_not_there_before_the_block_ends(tmp_path):
    path = tmp_path / "vectors.safetensors"
    with atomic(path) as aside:
        aside.write_bytes(b"half")
        assert not path.exists()
        assert aside.suffix == ".safetensors"  # writers that go by the suffix are at ease
    assert path.read_bytes() == b"half"


def test_a_writer_that_is_killed_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "run.parquet"
    write_text(path, "old")
    program = (
        "import sys; from switchrank.files import atomic\n"
        "with atomic(sys.argv[1]) as aside:\n"
        "    aside.write_text('new, but n'); print(1, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", program, str(path)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, env={"PYTHONPATH": LIBRARY}, **pipes) as writer:
        writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    assert path.read_text() == "old"


def test_others_may_read_what_is_written(tmp_path):
    write_text(tmp_path / "table.csv", "a\n")
    assert os.stat(tmp_path / "table.csv").st_mode & 0o777 == 0o644


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_json_holds_no_nan(tmp_path, value):
    with pytest.raises(ValueError):
        write_json(tmp_path / "cell.json", {"mean": value})
    assert names(tmp_path) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(value=json_values)
def test_json_is_read_as_written(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("json") / "value.json"
    write_json(path, value)
    assert read_json(path) == value


rows = st.lists(
    st.tuples(
        st.text(st.characters(exclude_categories=["Cs"])),
        st.integers(-(2**63), 2**63 - 1),
        st.floats(allow_nan=False),
    ),
    max_size=5,
)


@given(rows=rows)
def test_parquet_is_read_as_written_whatever_the_index(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("parquet")
    frame = pd.DataFrame(
        {
            "text": pd.Series([row[0] for row in rows], dtype="str"),
            "rank": np.array([row[1] for row in rows], dtype="int64"),
            "score": np.array([row[2] for row in rows], dtype="float64"),
        }
    )
    write_parquet(folder / "a.parquet", frame)
    write_parquet(folder / "b.parquet", frame.set_index(pd.RangeIndex(7, 7 + len(frame))))
    assert read_parquet(folder / "a.parquet").to_dict("list") == frame.to_dict("list")
    assert (folder / "a.parquet").read_bytes() == (folder / "b.parquet").read_bytes()


def test_nothing_in_a_csv_is_taken_for_a_number_or_for_missing(tmp_path):
    path = tmp_path / "log.csv"
    names = ["null", "NA", "nan", "None", "007", "1e5", "true", "n/a", "-", ""]
    write_text(path, "null,007\n" + "".join(f"{name},1.50\n" for name in names))
    for read in (read_csv(path), read_files({"log": path})["log"]):
        assert list(read.columns) == ["null", "007"]
        assert read["null"].tolist() == names
        assert set(read["007"]) == {"1.50"}


FRAME = pd.DataFrame({"word": [f"Wort {n}" for n in range(500)], "n": range(500)})
READERS = {
    ".json": (read_json, lambda path: write_json(path, {"words": FRAME["word"].tolist()})),
    ".parquet": (read_parquet, lambda path: write_parquet(path, FRAME)),
    ".arrow": (read_arrow, lambda path: write_arrow(path, FRAME)),
    ".csv": (read_csv, lambda path: write_text(path, FRAME.to_csv(index=False))),
    ".safetensors": (read_safetensors, lambda path: save_file({"n": np.arange(5000)}, path)),
}
DAMAGE = {
    "nothing": lambda whole: b"",
    "cut": lambda whole: whole[: len(whole) // 2],
    "last byte": lambda whole: whole[:-1],
    "bytes": lambda whole: bytes(range(255, 0, -1)) * 20,
    "other letters": lambda whole: "Zugriff verweigert – доступ запрещён".encode("utf-16"),
    "zeros": lambda whole: bytes(len(whole)),
}
# What still is JSON or CSV is for the record to see (jobs.written), not for the reader.
UNSEEN = {(".json", "last byte"), (".csv", "cut"), (".csv", "last byte"), (".csv", "zeros")}


@pytest.mark.parametrize("suffix, damage", sorted({*product(READERS, DAMAGE)} - UNSEEN))
def test_a_damaged_file_is_told_in_one_line(tmp_path, suffix, damage):
    (read, write), path = READERS[suffix], tmp_path / f"x{suffix}"
    write(path)
    path.write_bytes(DAMAGE[damage](path.read_bytes()))
    with pytest.raises(UserError) as error:
        read(path)
    told = str(error.value)
    assert told.startswith(f"{path}: damaged (") and "\n" not in told and len(told) < len(str(path)) + 230
    assert told.endswith("): remove it, then run the same command again")


@pytest.mark.parametrize("suffix", READERS)
def test_a_missing_file_and_a_folder_are_told_in_one_line(tmp_path, suffix):
    (read, write), path = READERS[suffix], tmp_path / f"x{suffix}"
    with pytest.raises(UserError, match=rf"x{suffix}: not found$"):
        read(path)
    path.mkdir()
    for _ in range(2):  # empty, and with what could be read in it
        with pytest.raises(UserError, match=rf"x{suffix}: cannot be read: Is a directory$"):
            read(path)
        write(path / f"part{suffix}")


def test_of_many_files_the_damaged_one_is_named(tmp_path):
    for suffix in (".json", ".parquet", ".csv"):
        READERS[suffix][1](tmp_path / f"x{suffix}")
    files = {"a": tmp_path / "x.json", "b": {"c": tmp_path / "x.parquet", "d": tmp_path / "x.csv"}}
    assert read_files(files)["b"]["d"].equals(FRAME.astype(str))
    (tmp_path / "x.csv").write_bytes(b"")
    with pytest.raises(UserError, match=r"x\.csv: damaged \(No columns to parse from file\)"):
        read_files(files)


def test_what_is_told_inside_is_told_once(tmp_path):
    with (
        pytest.raises(UserError) as error,
        reading(tmp_path / "whole"),
        reading(tmp_path / "part", "fetch it"),
    ):
        raise UserError(f"{tmp_path / 'part'}, line 3: found x,\nexpected y")
    assert str(error.value) == f"{tmp_path / 'part'}: damaged (line 3: found x, expected y): fetch it"


@pytest.mark.parametrize("error", [MemoryError(), pa.ArrowMemoryError("malloc of size 64 failed")])
def test_too_little_memory_is_no_damage(tmp_path, error):
    with pytest.raises(type(error)), reading(tmp_path / "a.parquet"):
        raise error


def test_a_fault_of_the_program_is_no_damage(tmp_path):
    with pytest.raises(AssertionError), reading(tmp_path / "x"):
        raise AssertionError


@pytest.mark.parametrize(
    "number, words",
    [
        (errno.EROFS, "Read-only file system$"),
        (errno.EACCES, "Permission denied$"),
        (errno.ENOSPC, r"No space left on device \([\d,]+ MB are free in \S+\)$"),
        (errno.EDQUOT, r"quota exceeded \([\d,]+ MB"),
    ],
)
def test_what_the_system_refuses_is_told_in_one_line(tmp_path, number, words):
    path = tmp_path / "new" / "x"
    with pytest.raises(UserError, match=rf"new/x cannot be written: .*{words}"), writing(path):
        raise OSError(number, os.strerror(number))


def test_a_full_device_is_told_whoever_writes():
    with pytest.raises(UserError, match=r"^x cannot be written: No space left"), writing("x"):
        Path("/dev/full").write_text("x" * 100_000)
    with pytest.raises(UserError, match=r"^x cannot be written: "), writing("x"):
        save_file({"n": np.arange(5000)}, "/dev/full/x")


@pytest.mark.parametrize("source", ["none", ".", "/proc/self/mem"])
def test_a_copy_names_what_cannot_be_read(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError, match=rf"^{re.escape(source)} cannot be read: "):
        copy(source, "target")
    with pytest.raises(UserError, match=r"^none/target cannot be written: "):
        copy(__file__, "none/target")
    with pytest.raises(UserError, match=r"^/dev/full cannot be written: No space left"):
        copy(__file__, "/dev/full")
    copy(__file__, "copied")
    assert Path("copied").read_bytes() == Path(__file__).read_bytes()


def test_another_file_that_cannot_be_read_while_one_is_written_is_named(tmp_path):
    with pytest.raises(UserError, match="none cannot be read: No such file"), atomic(tmp_path / "x"):
        (tmp_path / "none").read_bytes()
    with pytest.raises(UserError, match=r"/x cannot be written: "), atomic(tmp_path / "x") as aside:
        aside.unlink()
        aside.open()
    assert names(tmp_path) == []


def test_a_file_above_is_told_as_no_folder(tmp_path):
    (tmp_path / "f").write_text("")
    for path in (tmp_path / "f" / "y", tmp_path / "f" / "x" / "y"):
        with pytest.raises(UserError, match=r"y cannot be written: Not a directory$"):
            write_text(path, "text")


def test_a_folder_that_may_not_be_looked_at_is_told(tmp_path, monkeypatch):
    with pytest.raises(UserError, match=r"cannot be read: File name too long$"):
        check_folder(tmp_path / ("x" * 300) / "pocket")
    stat = Path.stat

    def refused(path, **options):
        if path.name == "pocket":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return stat(path, **options)

    monkeypatch.setattr(Path, "stat", refused)
    with pytest.raises(UserError, match=r"pocket cannot be read: Permission denied$"):
        check_folder(tmp_path / "pocket" / "runs")


def test_a_path_that_can_be_no_folder_is_told(tmp_path):
    check_folder(tmp_path / "results" / "pocket")
    check_writable(tmp_path / "results" / "pocket")
    assert names(tmp_path / "results" / "pocket") == []
    (tmp_path / "file").write_text("x")
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "good").symlink_to("results")
    check_folder(tmp_path / "good" / "pocket")
    with pytest.raises(UserError, match="file: found a file, expected a folder"):
        check_folder(tmp_path / "file" / "pocket")
    with pytest.raises(UserError, match="link: found a link to nowhere, which is not there"):
        check_folder(tmp_path / "link" / "pocket")
    with pytest.raises(UserError, match="pocket cannot be written: Not a directory"):
        check_writable(tmp_path / "file" / "pocket")
