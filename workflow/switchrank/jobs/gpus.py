"""One GPU for each process on a machine that has several: the kernel's file locks tell which are taken."""

import fcntl
import logging
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

_DEVICES = Path("/dev")
_VISIBLE = "CUDA_VISIBLE_DEVICES"  # what CUDA, and what schedulers set, such as SLURM
_held: list[int] = []  # descriptors, open until the process ends
_PATIENCE = 1.0  # seconds between two looks at what is free


def own_gpu() -> str | None:
    """Let this process, until it ends, see one GPU that no other has, and wait for it → its name.

    To be called before CUDA is asked for anything. Where there is one to be seen, or none, nothing is
    changed: None.
    """
    names = _seen()
    if len(names) < 2:
        return None
    name, descriptor = _take(names)
    _held.append(descriptor)
    os.environ[_VISIBLE] = name
    logging.info("GPU %s", name)
    return name


def _seen() -> list[str]:
    """The GPUs that this process may see."""
    if _VISIBLE in os.environ:
        return [name.strip() for name in os.environ[_VISIBLE].split(",") if name.strip()]
    numbers = [path.name.removeprefix("nvidia") for path in _DEVICES.glob("nvidia[0-9]*")]
    return sorted(numbers, key=int)


def _take(names: Sequence[str]) -> tuple[str, int]:
    """The first that is free, and the open file that holds it until it is closed or the process ends."""
    while True:
        for name in names:
            path = Path(tempfile.gettempdir(), f"switchrank-gpu-{name.replace('/', '-')}.lock")
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return name, descriptor
            except BlockingIOError:
                os.close(descriptor)
        time.sleep(_PATIENCE)
