"""What jobs wrote, kept beside their logs, so that one look at its date says whether a file is still that.

Of every output a record says size, date and sha256. A file of another size or date is read, and one of other
bytes is damaged, or was edited: no figure may come from it. A file without a record is not checked.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from switchrank.errors import UserError
from switchrank.files import sha256, write_text

_SUFFIX = ".written.json"
Record = dict[str, dict[str, Any]]  # path → size (bytes), mtime_ns, sha256


def forget(log: str | Path) -> None:
    """Remove the record of the job that has this log: it is about to write anew."""
    _beside(log).unlink(missing_ok=True)


def record(log: str | Path, outputs: Iterable[str | Path]) -> None:
    """Write down what a job has written; folders, which have manifests of their own, are left out."""
    _write(_beside(log), {str(path): _seen(path) for path in outputs if Path(path).is_file()})


def damaged(folders: Iterable[str | Path], renew: bool) -> list[str]:
    """The recorded files in folders that are not what was written, sorted; those that are gone are not named.

    A file that only has another date is not read again the next time, if `renew` (and if its record can be
    written). Where several jobs wrote a file, one after the other, it may be what any of them wrote.
    """
    whole: set[str] = set()
    suspect: set[str] = set()
    for folder in folders:
        for place in sorted(Path(folder, "logs").rglob(f"*{_SUFFIX}")):
            known = _read(place)
            moved = {}
            for path, entry in known.items():
                if not _is_below(path, folder) or not Path(path).is_file():
                    continue
                stat = Path(path).stat()
                if stat.st_size == entry["size"] and stat.st_mtime_ns == entry["mtime_ns"]:
                    whole.add(path)
                elif stat.st_size == entry["size"] and sha256(path) == entry["sha256"]:
                    whole.add(path)
                    moved[path] = entry | {"mtime_ns": stat.st_mtime_ns}
                else:
                    suspect.add(path)
            if moved and renew:
                with suppress(UserError):  # where nothing can be written, it is read again
                    _write(place, known | moved)
    return sorted(suspect - whole)


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
            entry["size"], entry["mtime_ns"], entry["sha256"]
    except (AttributeError, KeyError, TypeError, ValueError):
        return {}
    return known
