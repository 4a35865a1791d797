"""Working folders that vanish and locks that die with their holder, and folders that appear as a whole."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from switchrank.files import writing


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock file `path` for the block; wait while a living process (or thread) holds it.

    The kernel releases the lock when its holder ends, however it ends.
    """
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    with open(path) as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def scratch(path: Path) -> Iterator[Path]:
    """Give an empty folder, named `path` and random letters, for the block; it is gone afterwards.

    What killed processes left there is removed first, so the caller must hold a lock of the folder's own. The
    letters keep apart what a client still writes that outlived its killed parent.
    """
    for left in path.parent.glob(f"{path.name}.*"):
        shutil.rmtree(left, ignore_errors=True)
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{path.name}.", dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def put_in_place(new: Path, destination: Path) -> None:
    """Rename a folder that is complete; one that is at its destination is moved away first, beside `new`."""
    if destination.exists():
        os.rename(destination, new.with_name("old"))
    os.rename(new, destination)
