"""Files that are whole or not there: write aside, fsync, rename."""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

from switchrank.errors import UserError


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well, it becomes `path`.

    A block that raises, or a process that is killed, leaves `path` as it was.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=path.suffix)
    os.close(descriptor)
    aside = Path(name)
    try:
        yield aside
        with open(aside, "rb") as handle:
            os.fsync(handle.fileno())
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def write_text(path: str | Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all."""
    with atomic(path) as aside:
        aside.write_text(text, encoding="utf-8")


def text_lines(lines: Iterable[bytes], source: str | Path) -> Iterator[tuple[str, int, str]]:
    """The lines of a user's file, `source`, that are not empty: "source, line 1" for messages, number, text.

    Raises:
        UserError: a line is not UTF-8.
    """
    for number, line in enumerate(lines, start=1):
        where = f"{source}, line {number}"
        try:
            # Some editors begin a file with a byte order mark.
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise UserError(f"{where}: found {error}, expected UTF-8") from None
        if text:
            yield where, number, text


def write_json(path: str | Path, value: Any) -> None:
    """Write `value` as indented JSON in which keys keep their order; NaN is refused (ValueError)."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def read_json(path: str | Path) -> Any:
    """Read a JSON file."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def sha256(path: str | Path) -> str:
    """The sha256 of a file, in hexadecimal digits."""
    with open(path, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def write_parquet(path: str | Path, frame: pd.DataFrame) -> None:
    """Write `frame` (its index is dropped) as Parquet, the same bytes for the same frame."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    with atomic(path) as aside:
        pq.write_table(table, aside, compression="zstd")


def read_parquet(path: str | Path) -> pd.DataFrame:
    """Read a Parquet file as a frame."""
    return pq.read_table(path).to_pandas()


def write_arrow(path: str | Path, frame: pd.DataFrame) -> None:
    """Write `frame` (its index is dropped) as an Arrow file that can be memory-mapped."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    with atomic(path) as aside:
        feather.write_feather(table, aside, compression="uncompressed")


def read_arrow(path: str | Path) -> pd.DataFrame:
    """Read an Arrow file as a frame; texts stay memory-mapped."""
    return feather.read_table(path, memory_map=True).to_pandas()


def read_csv(path: str | Path, separator: str = ",") -> pd.DataFrame:
    """Read a CSV as a frame of texts: nothing in it is taken for a number, or for missing."""
    return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False)


def read_files(files: Any) -> Any:
    """Read JSON, Parquet and CSV: one path, or all in a mapping, which is arranged as it was."""
    if isinstance(files, Mapping):
        return {name: read_files(inner) for name, inner in files.items()}
    readers = {".json": read_json, ".parquet": read_parquet, ".csv": read_csv}
    return readers[Path(files).suffix](files)
