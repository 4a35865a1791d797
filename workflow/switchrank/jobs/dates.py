"""Dates in the future, which a wrong clock leaves, or a copy from a machine that has one.

Snakemake takes what is made of such a file for older than the file, and fails after the job has ended.
"""

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def end_future(folders: Iterable[str | Path]) -> None:
    """Date files in folders now where they are dated later, all at the same moment; the others stay.

    What cannot be dated (on a read-only disk, say) is left as it is.
    """
    now = time.time_ns()
    for folder in folders:
        for path in Path(folder).rglob("*"):
            with suppress(OSError):
                stat = path.lstat()
                if stat.st_mtime_ns > now:
                    os.utime(path, ns=(stat.st_atime_ns, now), follow_symlinks=False)
