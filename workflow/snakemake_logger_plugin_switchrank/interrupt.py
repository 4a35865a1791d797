"""Ctrl-C: jobs end in order, the run with a line of its own, and the process as one that was interrupted.

Jobs are to be started with SIGINT and SIGTERM ignored (see the Snakefile's `shell.prefix`), until they have a
handler for SIGTERM: each would print a traceback, and its shell that it was terminated.
"""

import atexit
import os
import signal
import sys
import time
from collections.abc import Callable
from threading import Event, Thread
from types import FrameType

import psutil


def watch(say: Callable[[], None]) -> Event:
    """Set an event and call `say` at the first SIGINT; a second one ends the process at once.

    To be called in the main thread.
    """
    interrupted = Event()

    def handle(_signal: int, _frame: FrameType | None) -> None:
        interrupted.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        say()
        # KeyboardInterrupt may come in the middle of anything, whose complaints would follow the line.
        sys.stdout.flush()
        sys.stderr.flush()
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        Thread(target=_end_jobs, daemon=True).start()
        sys.excepthook = lambda *_: None
        atexit.register(os.kill, os.getpid(), signal.SIGINT)  # so that make and shells see why it ended
        raise KeyboardInterrupt  # Snakemake cleans up

    signal.signal(signal.SIGINT, handle)
    return interrupted


def _end_jobs() -> None:
    """Send SIGTERM to what jobs run, until this process has ended: a job may be about to begin."""
    while True:
        for process in psutil.Process().children(recursive=True):
            try:
                if not process.children():  # a shell ends with what it runs
                    process.terminate()
            except psutil.NoSuchProcess:
                pass
        time.sleep(0.2)
