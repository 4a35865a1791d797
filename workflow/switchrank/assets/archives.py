"""Archives unpacked member by member, never outside their folder.

Nothing here lets an archive choose a path, a mode or an owner: a member's name is checked, its bytes are
read as a stream and written to a new regular file. Links and devices are refused, and so is what would fill
the disk.
"""

import hashlib
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from switchrank.errors import UserError

MAX_MEMBERS = 100_000
MAX_BYTES = 8 * 2**30  # of all members together, as they declare themselves
_CHUNK = 2**20
# What the standard library raises on archives that are broken, encrypted or packed in a way it does not know.
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True)
class _Member:
    name: str
    size: int  # bytes, as declared
    is_folder: bool
    is_file: bool  # a regular one; what is neither is a link, a device, a pipe
    open: Callable[[], BinaryIO]


def unpack(
    archive: Path,
    folder: Path,
    members: Sequence[str],
    root: str = "",
    max_members: int = MAX_MEMBERS,
    max_bytes: int = MAX_BYTES,
) -> dict[str, str]:
    """Unpack the files of `archive` that a pattern names into `folder`.

    Args:
        archive: a .tgz, .tar.gz, .zip or .whl.
        folder: where to; made if it is not there. What it holds after an error is incomplete.
        members: patterns of paths below `root`; `*`, `?` and `[]` stand for characters of one path segment.
        root: the folder inside the archive that paths are relative to; it is left out of the paths written.
        max_members, max_bytes: the most that the archive may have, its members together and unpacked.

    Returns:
        path below `folder` → sha256 of the file, sorted by path.

    Raises:
        UserError: the archive is broken, a member would leave the folder, a chosen one is no regular file,
            a bound is passed, or a pattern names no file.
    """
    try:
        written = _unpack(Path(archive), Path(folder), members, root, max_members, max_bytes)
    except _BROKEN as error:
        words = " ".join(str(error).split()) or type(error).__name__
        raise UserError(f"{archive}: cannot be unpacked: {words}") from error
    for pattern in members:
        if not any(_matches(PurePosixPath(path), pattern) for path in written):
            raise UserError(f"{archive}: no file matches {pattern!r}, expected at least one")
    return dict(sorted(written.items()))


def _unpack(
    archive: Path, folder: Path, patterns: Sequence[str], root: str, max_members: int, max_bytes: int
) -> dict[str, str]:
    folder.mkdir(parents=True, exist_ok=True)
    written: dict[str, str] = {}
    total = 0
    for count, member in enumerate(_members(archive), start=1):
        total += member.size
        if count > max_members:
            raise UserError(f"{archive}: has more than {max_members} members, expected at most so many")
        if total > max_bytes:
            raise UserError(f"{archive}: unpacks to more than {max_bytes} bytes, expected at most so many")
        path = _safe(archive, member.name)
        if member.is_folder or not path.is_relative_to(root):
            continue
        path = path.relative_to(root)
        if not any(_matches(path, pattern) for pattern in patterns):
            continue
        if not member.is_file:
            raise UserError(f"{archive}: {member.name!r} is a link or a device, expected a regular file")
        if str(path) in written:
            raise UserError(f"{archive}: {member.name!r} occurs twice, expected once")
        written[str(path)] = _write(member, folder / path)
    return written


def _safe(archive: Path, name: str) -> PurePosixPath:
    """The member's path, which stays below the folder it is joined to."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts:
        expected = "a relative path without '..'"
        raise UserError(f"{archive}: member {name!r} leaves its folder, expected {expected}")
    return path


def _matches(path: PurePosixPath, pattern: str) -> bool:
    segments = PurePosixPath(pattern).parts
    return len(segments) == len(path.parts) and all(map(fnmatchcase, path.parts, segments))


def _write(member: _Member, target: Path) -> str:
    """Write the member's bytes to the new file `target`; the sha256 of them."""
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, left = hashlib.sha256(), member.size
    with member.open() as source, open(target, "xb") as handle:
        while block := source.read(min(_CHUNK, left)):
            digest.update(block)
            handle.write(block)
            left -= len(block)
        if left:
            raise EOFError(f"{member.name!r} ends {left} bytes early")
        handle.flush()
        os.fsync(handle.fileno())
    return digest.hexdigest()


def _members(archive: Path) -> Iterator[_Member]:
    if archive.name.endswith((".tgz", ".tar.gz")):
        return _tar_members(archive)
    if archive.name.endswith((".zip", ".whl")):
        return _zip_members(archive)
    raise UserError(f"{archive}: unknown kind of archive, expected .tgz, .tar.gz, .zip or .whl")


def _tar_members(archive: Path) -> Iterator[_Member]:
    with tarfile.open(archive, "r:gz") as tar:
        for info in tar:
            yield _Member(info.name, info.size, info.isdir(), info.isreg(), partial(tar.extractfile, info))


def _zip_members(archive: Path) -> Iterator[_Member]:
    with zipfile.ZipFile(archive) as zipped:
        for info in zipped.infolist():
            regular = stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)
            yield _Member(info.filename, info.file_size, info.is_dir(), regular, partial(zipped.open, info))
