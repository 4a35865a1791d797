"""Files that are whole or not there: write aside, fsync, rename; and what fails with files, in one line."""

import errno
import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
from safetensors import SafetensorError
from safetensors.numpy import load_file

from switchrank.errors import UserError

# What readers raise of bytes that they do not understand: Arrow's, JSON's, pandas', safetensors', numpy's,
# gzip's.
_DAMAGED = (
    pa.ArrowException, SafetensorError, ValueError, LookupError, TypeError, AttributeError, RuntimeError,
    EOFError, ArithmeticError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
REFUSALS = (*_NO_ROOM, errno.EROFS)  # of the system, whatever a program does right
_PART = 1 << 20  # bytes of a file that are copied at once
_LONGEST = 160  # characters of a reason
REMAKE = "remove it, then run the same command again"
# A file of a download is not fetched alone.
REFETCH = "remove the folder of its download, then run the same command again"


class Unreadable(UserError):
    """A file that was made or downloaded is not there or damaged."""


@contextmanager
def reading(path: str | Path, remedy: str = REMAKE) -> Iterator[None]:
    """Raise one Unreadable for whatever fails while the block reads `path`, which was made or downloaded.

    The block should decode and no more, as a fault of the program in it would pass for damage. `remedy` says
    what to do about a damaged one.
    """
    try:
        yield
    except (Unreadable, MemoryError):  # Arrow's is one of its other complaints, too
        raise
    except FileNotFoundError as error:
        raise Unreadable(f"{error.filename or path}: not found") from None
    except OSError as error:
        # Arrow's own complaints have no number, those of mapping an empty file that of a wrong argument.
        if error.errno not in (None, errno.EINVAL):
            raise Unreadable(f"{path}: cannot be read: {error.strerror}") from None
        raise _damaged(path, error, remedy) from None
    except (*_DAMAGED, UserError) as error:
        raise _damaged(path, error, remedy) from None


def reason_of(error: Exception, path: str | Path = "") -> str:
    """What an error says, in one short line, without the `path` that it may begin with; else its type."""
    reason = " ".join(str(error).split()).removeprefix(str(path)).lstrip(",: ") or type(error).__name__
    return reason if len(reason) <= _LONGEST else f"{reason[: _LONGEST - 2]} …"


def _damaged(path: str | Path, error: Exception, remedy: str) -> Unreadable:
    return Unreadable(f"{path}: damaged ({reason_of(error, path)}): {remedy}")


@contextmanager
def writing(path: str | Path) -> Iterator[None]:
    """Raise one UserError for whatever the system refuses while the block writes `path`: room, permission.

    If it refuses to read another file, that one is named, where the system says which it was.
    """
    try:
        yield
    except OSError as error:
        if error.errno is None or isinstance(error, ConnectionError):
            raise
        if error.errno not in REFUSALS and error.filename and not _is_of(error.filename, Path(path)):
            raise cannot_read(error.filename, error) from error
        # A file is where a folder is to be made.
        number = errno.ENOTDIR if isinstance(error, FileExistsError) else error.errno
        raise cannot_write(path, number) from error
    except SafetensorError as error:
        if not (number := re.search(r"\(os error (\d+)\)", str(error))):
            raise
        raise cannot_write(path, int(number[1])) from error


def _is_of(name: str | Path, path: Path) -> bool:
    """Whether a path is `path`, above or below it, or its temporary file."""
    name, path = Path(name).absolute(), path.absolute()
    aside = name.parent == path.parent and name.name.startswith(f".{path.name}.")
    return aside or path.is_relative_to(name) or name.is_relative_to(path)


def cannot_write(path: str | Path, number: int) -> UserError:
    """The line that says that a file or folder cannot be written; `number` is the system's (errno)."""
    reason = os.strerror(number)
    if number in _NO_ROOM:
        folder = next(folder for folder in (Path(path), *Path(path).absolute().parents) if folder.is_dir())
        reason += f" ({shutil.disk_usage(folder).free / 1e6:,.0f} MB are free in {os.path.relpath(folder)})"
    return UserError(f"{path} cannot be written: {reason}")


def check_folder(path: str | Path) -> None:
    """Raise a UserError if `path` cannot be a folder.

    It or one above it is a file, a link to nothing, or what the system does not let us look at.
    """
    for folder in reversed([Path(path), *Path(path).parents]):
        try:
            is_link, exists, is_folder = folder.is_symlink(), folder.exists(), folder.is_dir()
        except OSError as error:
            raise cannot_read(folder, error) from None
        if is_link and not exists:
            expected = "expected a folder there; make it, or remove the link"
            raise UserError(
                f"{folder}: found a link to {os.readlink(folder)}, which is not there, {expected}"
            )
        if exists and not is_folder:
            raise UserError(f"{folder}: found a file, expected a folder")


def check_writable(folder: str | Path) -> None:
    """Make a folder where there is none; raise a UserError if no file can be made in it."""
    with writing(folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """Give a temporary path beside `path`; when the block ends well, it becomes `path`.

    A block that raises, or a process that is killed, leaves `path` as it was.

    Raises:
        UserError: the system refuses to write.
    """
    path = Path(path)
    with writing(path):
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


def copy(source: str | Path, target: str | Path) -> None:
    """Copy the bytes of a file; UserError, which names the right one, if one cannot be read or written."""
    try:
        handle = open(source, "rb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise cannot_read(source, error) from error
    with handle, writing(target), open(target, "wb") as copied:
        for part in readable(iter(lambda: handle.read(_PART), b""), source):
            copied.write(part)


def readable(lines: Iterable[bytes], source: str | Path) -> Iterator[bytes]:
    """The lines, or parts, of a user's file, `source`; UserError where the system cannot read on."""
    parts = iter(lines)
    while True:
        try:
            part = next(parts)
        except StopIteration:
            return
        except OSError as error:
            raise cannot_read(source, error) from error
        yield part


def cannot_read(path: str | Path, error: OSError) -> UserError:
    """The line that says that a file cannot be read."""
    return UserError(f"{path} cannot be read: {error.strerror}")


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


def read_json(path: str | Path, remedy: str = REMAKE) -> Any:
    """Read a JSON file; Unreadable if it is missing or damaged."""
    with reading(path, remedy):
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
    """Read a Parquet file as a frame; Unreadable if it is missing or damaged."""
    with reading(path):
        return _frame(pq.read_table(_file(path)))


def write_arrow(path: str | Path, frame: pd.DataFrame) -> None:
    """Write `frame` (its index is dropped) as an Arrow file that can be memory-mapped."""
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    with atomic(path) as aside:
        feather.write_feather(table, aside, compression="uncompressed")


def read_arrow(path: str | Path) -> pd.DataFrame:
    """Read an Arrow file as a frame; texts stay memory-mapped. Unreadable if it is missing or damaged."""
    with reading(path):
        return _frame(feather.read_table(_file(path), memory_map=True))


def _file(path: str | Path) -> str | Path:
    """A path that is no folder: Arrow would read all that is in it as one table."""
    if Path(path).is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    return path


def _frame(table: pa.Table) -> pd.DataFrame:
    table.validate(full=True)  # what damaged offsets point at could end the process
    return table.to_pandas()


def read_csv(path: str | Path, separator: str = ",") -> pd.DataFrame:
    """Read a CSV as a frame of texts: nothing in it is taken for a number, or for missing.

    Unreadable if it is missing or damaged.
    """
    with reading(path):
        return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False)


def read_safetensors(path: str | Path) -> dict[str, np.ndarray]:
    """Read all arrays of a safetensors file by name; Unreadable if it is missing or damaged."""
    with reading(path):
        return load_file(_file(path))


def read_files(files: Any) -> Any:
    """Read JSON, Parquet and CSV: one path, or all in a mapping, which is arranged as it was."""
    if isinstance(files, Mapping):
        return {name: read_files(inner) for name, inner in files.items()}
    readers = {".json": read_json, ".parquet": read_parquet, ".csv": read_csv}
    return readers[Path(files).suffix](files)
