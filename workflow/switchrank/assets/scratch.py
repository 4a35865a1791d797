"""Working folders that vanish and locks that die with their holder."""

import fcntl
import shutil
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
    """Give an empty folder at `path` for the block, gone afterwards.

    What a killed process left there is removed first, so the caller must hold a lock of the folder's own.
    """
    shutil.rmtree(path, ignore_errors=True)
    with writing(path):
        path.mkdir(parents=True)
    try:
        yield path
    finally:
        shutil.rmtree(path)
