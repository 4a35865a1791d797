"""A job of the workflow: its environment, its log, and the one line that a user's mistake ends with."""

import logging
import signal
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from switchrank.errors import UserError
from switchrank.files import REFUSALS, cannot_write, writing
from switchrank.jobs import written

_THREAD_COUNTS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS")
# Up to this size glibc keeps freed memory instead of asking for it again: ranking takes a fifth less.
_KEPT_MEMORY = ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_")


def environment() -> dict[str, str]:
    """Environment variables for every job, to be set before its Python starts: one thread, memory kept.

    With one thread, figures and speed do not depend on the number of cores.
    """
    return dict.fromkeys(_THREAD_COUNTS, "1") | dict.fromkeys(_KEPT_MEMORY, str(2**32))


@contextmanager
def job(work: Any) -> Iterator[None]:
    """Log to a file and, from warnings on, to the terminal; end with status 1 and one line on a UserError.

    Too little memory or room ends it likewise.

    `work` is the script's `snakemake` object: the first path of its `log` is the log, those of its `output`
    are written. When all went well, these are recorded (see jobs.written). SIGTERM ends the job in order, so
    that nothing half-written stays behind.
    """
    log = work.log[0]
    try:
        with writing(log):
            to_file = _Log(log, mode="w", encoding="utf-8")
    except UserError as error:
        sys.exit(str(error))
    to_terminal = logging.StreamHandler()
    to_terminal.setLevel(logging.WARNING)
    to_terminal.addFilter(lambda record: record.levelno < logging.ERROR)  # the logger prints these
    handlers = [to_file, to_terminal]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers, force=True)
    signal.signal(signal.SIGTERM, _end)
    try:
        written.forget(log)
        yield
        written.record(log, work.output)
    except UserError as error:
        logging.error("%s", error)
        sys.exit(1)
    except OSError as error:
        if error.errno not in REFUSALS:
            _trace(to_file)
        logging.error("%s", cannot_write(error.filename or tempfile.gettempdir(), error.errno))
        sys.exit(1)
    except Exception as error:
        if not _out_of_memory(error):
            _trace(to_file)
        logging.error("not enough memory: %s", " ".join(str(error).split()) or type(error).__name__)
        sys.exit(1)


def _out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or "can't allocate memory" in str(
        error
    )  # torch's is a RuntimeError


class _Log(logging.FileHandler):
    """A log whose errors are said on the terminal where the disk has no room for them."""

    def handleError(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            print(record.getMessage(), file=sys.stderr)


def _trace(log: _Log) -> NoReturn:
    """Let the log end with the traceback of a fault of the program, and the job with it."""
    try:
        traceback.print_exc(file=log.stream)
        log.flush()
    except OSError:
        traceback.print_exc()
    sys.exit(1)


def _end(*_: object) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough: what is being tidied up is not cut off
    sys.exit(143)
