import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.files import (
    atomic,
    read_csv,
    read_files,
    read_json,
    read_parquet,
    write_json,
    write_parquet,
    write_text,
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
