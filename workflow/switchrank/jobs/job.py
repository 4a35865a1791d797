"""A job of the workflow: its environment, its log, and the one line that a user's mistake ends with."""

import logging
import signal
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from switchrank.errors import UserError

_THREAD_COUNTS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
# Up to this size glibc keeps freed memory instead of asking for it again: ranking takes a fifth less.
_KEPT_MEMORY = ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_")


def environment() -> dict[str, str]:
    """Environment variables for every job, to be set before its Python starts: one thread, memory kept.

    With one thread, figures and speed do not depend on the number of cores.
    """
    return dict.fromkeys(_THREAD_COUNTS, "1") | dict.fromkeys(_KEPT_MEMORY, str(2**32))


@contextmanager
def job(log: str | Path) -> Iterator[None]:
    """Log to a file and, from warnings on, to the terminal; end with status 1 and one line on a UserError.

    SIGTERM ends the job in order, so that nothing half-written stays behind.
    """
    to_file = logging.FileHandler(log, mode="w", encoding="utf-8")
    to_terminal = logging.StreamHandler()
    to_terminal.setLevel(logging.WARNING)
    to_terminal.addFilter(lambda record: record.levelno < logging.ERROR)  # the logger prints these
    handlers = [to_file, to_terminal]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers, force=True)
    signal.signal(signal.SIGTERM, _end)
    try:
        yield
    except UserError as error:
        logging.error("%s", error)
        sys.exit(1)
    except Exception:
        traceback.print_exc(file=to_file.stream)
        sys.exit(1)


def _end(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: what is being tidied up is not cut off
    sys.exit(143)
