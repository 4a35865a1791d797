"""How fast this machine is: the seconds that a short, fixed piece of work takes here.

The work is of the kinds that jobs do: start Python, import, multiply matrices, loop. It is a process of its
own whose processor time is taken, so that jobs that run beside it hardly change the figure.
"""

import os
import subprocess
import sys

from switchrank.jobs.threads import environment

_WORK = """
import numpy
matrix = numpy.full((400, 400), 0.001, dtype=numpy.float32)
for _ in range(100):
    matrix = matrix @ matrix
counts = {}
for number in range(1_000_000):
    word = str(number % 1000)
    counts[word] = counts.get(word, 0) + 1
"""


def measure() -> float:
    """Do the work, which takes about a second; give the seconds of processor time that it took."""
    command = [sys.executable, "-c", _WORK]
    # A session of its own, so that Ctrl-C does not reach it.
    process = subprocess.Popen(command, env=os.environ | environment(), start_new_session=True)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime
