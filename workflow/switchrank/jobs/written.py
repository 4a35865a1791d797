"""What jobs wrote, kept beside their logs, so that one look at its date says whether a file is unchanged.

Of every output a record says size, date and sha256. A file of another size or date is read, and one of other
bytes is damaged, or was edited: no figure may come from it. A file without a record is not checked. What was
removed to be made again is marked in its record until that has happened, in whatever run.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from switchrank.errors import UserError
from switchrank.files import sha256, write_text

_SUFFIX = ".written.json"
_REMOVED = "removed"
Record = dict[str, dict[str, Any]]  # path → size (bytes), mtime_ns, sha256; or removed (true), or both


def forget(log: str | Path) -> None:
    """Mark all in the record of the job that has this log as removed: it is about to write anew."""
    place = _beside(log)
    if place.is_file():
        _write(place, {path: {_REMOVED: True} for path in _read(place)})


def record(log: str | Path, outputs: Iterable[str | Path]) -> None:
    """Write down what a job has written; folders, which have manifests of their own, are left out."""
    _write(_beside(log), {str(path): _seen(path) for path in outputs if Path(path).is_file()})


def damaged(folders: Iterable[str | Path], renew: bool) -> list[str]:
    """The recorded files in folders that are not what was written, sorted.

    Of those that are gone only what was removed to be made again is named. A file that only has another date
    is not read again the next time, if `renew` (and if its record can be written). Where several jobs wrote a
    file, one after the other, it may be what any of them wrote.
    """
    whole: set[str] = set()
    suspect: set[str] = set()
    for folder, place, known in _records(folders):
        renewed = dict(known)
        for path, entry in known.items():
            if not _is_below(path, folder):
                continue
            if not Path(path).is_file():
                if _REMOVED in entry:
                    suspect.add(path)
                continue
            if _REMOVED in entry:  # it is there again, by this job, another one or the user
                renewed[path] = {key: value for key, value in entry.items() if key != _REMOVED}
                if not renewed[path]:
                    del renewed[path]
                    continue
            stat = Path(path).stat()
            if stat.st_size == entry["size"] and stat.st_mtime_ns == entry["mtime_ns"]:
                whole.add(path)
            elif stat.st_size == entry["size"] and sha256(path) == entry["sha256"]:
                whole.add(path)
                renewed[path] = renewed[path] | {"mtime_ns": stat.st_mtime_ns}
            else:
                suspect.add(path)
        if renew and renewed != known:
            with suppress(UserError):  # where nothing can be written, it is read again
                _write(place, renewed)
    return sorted(suspect - whole)


def remove(paths: Iterable[str], folders: Iterable[str | Path]) -> None:
    """Remove recorded files in folders, so that `damaged` names them until they are made again.

    Raises:
        UserError: the system refuses to write a record.
        OSError: it refuses to remove a file.
    """
    gone = set(paths)
    for _, place, known in _records(folders):
        if marked := gone & known.keys():
            _write(place, known | {path: known[path] | {_REMOVED: True} for path in marked})
    for path in sorted(gone):
        Path(path).unlink(missing_ok=True)


def _records(folders: Iterable[str | Path]) -> Iterator[tuple[str | Path, Path, Record]]:
    """All records below the logs of folders: the folder, where the record is, what it says."""
    for folder in folders:
        for place in sorted(Path(folder, "logs").rglob(f"*{_SUFFIX}")):
            yield folder, place, _read(place)


def _beside(log: str | Path) -> Path:
    return Path(log).with_suffix(_SUFFIX)


def _seen(path: str | Path) -> dict[str, Any]:
    stat = Path(path).stat()
    return {"size": stat.st_size, "mtime_ns": stat.st_mtime_ns, "sha256": sha256(path)}


def _is_below(path: str, folder: str | Path) -> bool:
    return Path(path).is_relative_to(folder) and ".." not in Path(path).parts


def _write(place: Path, known: Record) -> None:
    write_text(place, json.dumps(known, indent=1) + "\n")


def _read(place: Path) -> Record:
    """A record; a damaged one says nothing."""
    try:
        known = json.loads(place.read_bytes())
        for entry in known.values():
            if entry != {_REMOVED: True}:
                entry["size"], entry["mtime_ns"], entry["sha256"]
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}
    return known
