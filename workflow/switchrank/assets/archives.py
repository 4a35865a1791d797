"""Archives unpacked member by member, never outside their folder.

Nothing here lets an archive choose a path, a mode or an owner: a member's name is checked, its bytes are
written to a new regular file. Links and devices are refused, and so is what would fill the disk.
"""

import os
import shutil
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from switchrank.errors import UserError
from switchrank.files import REFUSALS, cannot_write, reason_of

MAX_MEMBERS = 100_000
MAX_BYTES = 8 * 2**30  # of all members together, as they declare themselves
_AR = b"!<arch>\n"  # what an ar archive begins with
# What the standard library raises on archives that are broken, encrypted or packed in a way it does not know.
_BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


class _Member(NamedTuple):
    name: str
    size: int  # bytes, as declared
    is_folder: bool
    is_file: bool  # a regular one; what is neither is a link, a device, a pipe
    open: Callable[[], BinaryIO]


def unpack(archive: Path, folder: Path, patterns: Sequence[str], root: str = "") -> list[str]:
    """Unpack the files of an archive that patterns name; give their paths below `folder`.

    It is a .tgz, .tar.gz, .zip or .whl, or a .deb, whose files are those that it would install. Paths count
    from `root`, a folder inside the archive. In patterns, `*`, `?` and `[]` stand for characters of one path
    segment. What `folder` holds after an error is incomplete.

    Raises:
        UserError: the archive is broken or too large, a member would leave the folder, a chosen one is no
            regular file or occurs twice, or a pattern names no file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[PurePosixPath] = []
    total = 0
    try:
        for count, member in enumerate(_members(archive), start=1):
            total += member.size
            if count > MAX_MEMBERS or total > MAX_BYTES:
                most = f"{MAX_MEMBERS} members of together {MAX_BYTES} bytes"
                raise UserError(f"{archive}: unpacks to more than {most}, the most that is allowed")
            path = PurePosixPath(member.name)
            if path.is_absolute() or ".." in path.parts:
                expected = "a relative path without '..'"
                raise UserError(f"{archive}: member {member.name!r} leaves its folder, expected {expected}")
            if member.is_folder or not path.is_relative_to(root):
                continue
            path = path.relative_to(root)
            if not any(_matches(path, pattern) for pattern in patterns):
                continue
            if not member.is_file:
                raise UserError(f"{archive}: {member.name!r} is a link or a device, expected a regular file")
            _write(member, folder / path)
            paths.append(path)
    except _BROKEN as error:
        raise UserError(f"{archive}: cannot be unpacked: {reason_of(error, archive)}") from error
    for pattern in patterns:
        if not any(_matches(path, pattern) for path in paths):
            raise UserError(f"{archive}: no file matches {pattern!r}, expected at least one")
    return sorted(map(str, paths))


def _matches(path: PurePosixPath, pattern: str) -> bool:
    segments = PurePosixPath(pattern).parts
    return len(segments) == len(path.parts) and all(map(fnmatchcase, path.parts, segments))


def _write(member: _Member, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with member.open() as source, open(target, "xb") as handle:
            shutil.copyfileobj(source, handle)  # both modules read as many bytes as declared, at most
            if handle.tell() != member.size:
                raise EOFError(f"{member.name!r} ends {member.size - handle.tell()} bytes early")
            handle.flush()
            os.fsync(handle.fileno())
    except OSError as error:  # of a broken archive, too
        if error.errno not in REFUSALS:
            raise
        raise cannot_write(target, error.errno) from error


def _members(archive: Path) -> Iterator[_Member]:
    if archive.name.endswith((".tgz", ".tar.gz")):
        with tarfile.open(archive, "r:gz") as tar:
            yield from _members_of_tar(tar)
    elif archive.name.endswith((".zip", ".whl")):
        with zipfile.ZipFile(archive) as zipped:
            for info in zipped.infolist():
                regular = stat.S_IFMT(info.external_attr >> 16) in (0, stat.S_IFREG)
                opened = partial(zipped.open, info)
                yield _Member(info.filename, info.file_size, info.is_dir(), regular, opened)
    elif archive.name.endswith(".deb"):
        with open(archive, "rb") as package, tarfile.open(fileobj=_data_of(package), mode="r|*") as tar:
            yield from _members_of_tar(tar)
    else:
        raise UserError(f"{archive}: unknown kind of archive, expected .tgz, .tar.gz, .zip, .whl or .deb")


def _members_of_tar(tar: tarfile.TarFile) -> Iterator[_Member]:
    for info in tar:
        yield _Member(info.name, info.size, info.isdir(), info.isreg(), partial(tar.extractfile, info))


class _Part:
    """The next bytes of a file, so many of them."""

    def __init__(self, handle: BinaryIO, size: int):
        self._handle, self._left = handle, size

    def read(self, size: int) -> bytes:
        part = self._handle.read(min(size, self._left))
        self._left -= len(part)
        return part


def _data_of(package: BinaryIO) -> _Part:
    """The tar of what a Debian package installs.

    The package is an ar archive: members behind headers of 60 bytes, of which the first 16 are a member's
    name, the last twelve its size and two signs. Each begins at an even byte.
    """
    left = os.fstat(package.fileno()).st_size - len(_AR)
    if package.read(len(_AR)) != _AR:
        raise ValueError("no Debian package")
    while header := package.read(60):
        name, digits, end = header[:16], header[48:58].rstrip(), header[58:]
        if end != b"`\n" or not digits.isdigit():
            raise ValueError("broken header of a member")
        size, left = int(digits), left - len(header)
        if size > left:
            raise EOFError(f"it ends {size - left} bytes early")
        if name.startswith(b"data.tar"):
            return _Part(package, size)
        package.seek(size + size % 2, os.SEEK_CUR)
        left -= size + size % 2
    raise ValueError("found no data.tar in it")
