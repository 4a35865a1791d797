"""Snakemake's lock, cleared when nobody is left who holds it.

Snakemake locks a working folder with files in .snakemake/locks that it removes when it ends; a process that
is killed leaves them, and the next run refuses to start. Here every process of a run holds a shared flock on
.snakemake/switchrank.alive, which the kernel releases however the process ends. Who gets that flock for
itself alone therefore knows that every run in this folder is over, its jobs included.

On a network file system that keeps flock within one machine (Lustre or NFS mounted with local locks), a run
on another machine is not seen, so start the runs of one folder on one machine there. And only runs of this
workflow hold the flock: another workflow must not use the same working folder.
"""

import errno
import fcntl
import os
import shlex
from pathlib import Path

from switchrank.files import writing

_ALIVE = Path(".snakemake", "switchrank.alive")
_LOCKS = Path(".snakemake", "locks")
_NO_FLOCK = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)  # what file systems without flock answer
_held: dict[Path, int] = {}  # working folder → descriptor, open until the process ends


def hold(folder: str | Path, may_clear: bool = True) -> bool:
    """Be seen as alive until this process ends, after clearing what dead runs left; say if there was a lock.

    To be called while the Snakefile is read, before Snakemake takes its lock. A second call for the same
    folder does nothing. On a file system without flock nobody is seen and nothing is cleared.

    Only the process that a user started may clear, never a job: it belongs to a run that is alive, maybe on a
    machine from which this one cannot be seen.
    """
    folder = Path(folder).resolve()
    if folder in _held:
        return False
    alive = folder / _ALIVE
    with writing(alive.parent):
        alive.parent.mkdir(exist_ok=True)
        descriptor = os.open(alive, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        cleared = may_clear and _alone(descriptor) and _clear(folder / _LOCKS)
        # flock gives up the old lock before it takes the new one. Another process may get in between and look
        # for dead locks too, but this one takes Snakemake's lock only later, when it is no longer alone.
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    except OSError as error:
        os.close(descriptor)
        if error.errno in _NO_FLOCK:
            return False
        raise
    _held[folder] = descriptor
    return cleared


def shell_prefix(folder: str | Path) -> str:
    """A shell command to put before each job's own: a job that outlives its Snakemake is then seen as alive.

    The shell hands its open file on to what it starts, scripts included. (Snakemake hands none on, and
    scripts do not read the Snakefile, so that an orphan would go unseen.) Empty if `hold` holds nothing.
    """
    folder = Path(folder).resolve()
    return f"exec 9<>{shlex.quote(str(folder / _ALIVE))}; flock --shared 9; " if folder in _held else ""


def _alone(descriptor: int) -> bool:
    """Try to take the flock for this process alone."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _clear(locks: Path) -> bool:
    """Remove Snakemake's lock files; say whether there were any."""
    stale = [path for kind in ("input", "output") for path in locks.glob(f"[0-9]*.{kind}.lock")]
    for path in stale:
        path.unlink()
    return bool(stale)
