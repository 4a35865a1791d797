"""How far a run of jobs is and how long it will still take, from what its jobs took so far."""

import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from statistics import fmean

from switchrank.jobs.job import environment

# The table of typical durations counts like so many seconds of work seen here: a few jobs do not overturn it.
_TRUST = 30.0
# Work of the kinds that jobs do: start Python, import, multiply matrices, loop.
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


def calibrate() -> float:
    """How fast this machine is: the seconds of processor time that a short, fixed piece of work takes here.

    It is a process of its own, so that jobs that run beside it hardly change the figure.
    """
    command = [sys.executable, "-c", _WORK]
    # A session of its own, so that Ctrl-C does not reach it.
    process = subprocess.Popen(command, env=os.environ | environment(), start_new_session=True)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime


def stage(rule: str) -> str:
    """The stage that a rule belongs to: rank_0 and rank_1, which do shares of it, are both of rank."""
    return re.sub(r"_\d+$", "", rule)


class Progress:
    """Jobs done and time left, estimated from durations: jobs differ too much for a mere count of them.

    A stage's remaining jobs are expected to take what its finished ones took on average; before the first has
    finished, what the table of typical durations says, scaled by how this run's jobs compare with the table.
    Divided by the number of jobs that ran side by side so far (before the first has finished, the number of
    cores), and at least what the longest of them needs.
    """

    def __init__(self, jobs: Mapping[str, int], typical: Mapping[str, float], now: float, cores: int = 1):
        """Begin at time `now` (seconds) with so many `jobs` of each rule; `typical` is in seconds per job."""
        self.stages: Counter[str] = Counter()
        for rule, count in jobs.items():
            self.stages[stage(rule)] += count
        self.total, self.done = self.stages.total(), 0
        self.typical, self.cores, self.begun = typical, cores, now
        self._running: dict[int, tuple[str, float]] = {}
        self._took: dict[str, list[float]] = defaultdict(list)

    def under_way(self) -> list[tuple[str, int, int]]:
        """Each stage of which jobs are running: its name, its finished jobs, all its jobs."""
        names = dict.fromkeys(name for name, _ in self._running.values())
        return [(name, len(self._took[name]), self.stages[name]) for name in names]

    def start(self, job: int, rule: str, now: float) -> None:
        """Note that a job of `rule` has begun."""
        self._running[job] = (stage(rule), now)

    def finish(self, job: int, now: float) -> float:
        """Note that a job has ended well; give the seconds that it took."""
        name, begun = self._running.pop(job)
        self._took[name].append(now - begun)
        self.done += 1
        return now - begun

    def fail(self, job: int) -> None:
        """Note that a job has failed: it is still to be done."""
        self._running.pop(job, None)

    def remaining(self, now: float) -> float | None:
        """Seconds that are left; None while there is a stage of which nothing is known."""
        work = longest = 0.0
        for name, count in self.stages.items():
            left = count - len(self._took[name])
            if left <= 0:
                continue
            if (expected := self._expected(name)) is None:
                return None
            ages = [now - begun for running, begun in self._running.values() if running == name]
            jobs = [max(expected - age, 0.0) for age in ages] + [expected] * (left - len(ages))
            work += sum(jobs)
            longest = max(longest, *jobs)
        return max(work / self._side_by_side(now), longest)

    def _expected(self, name: str) -> float | None:
        if self._took[name]:
            return fmean(self._took[name])
        if name not in self.typical:
            return None
        known = [(took, self.typical[name]) for name, took in self._took.items() if name in self.typical]
        planned = sum(len(took) * typical for took, typical in known)
        return self.typical[name] * (sum(sum(took) for took, _ in known) + _TRUST) / (planned + _TRUST)

    def _side_by_side(self, now: float) -> float:
        if not self.done:
            return self.cores
        busy = sum(map(sum, self._took.values())) + sum(now - begun for _, begun in self._running.values())
        return max(busy / (now - self.begun), 1.0) if now > self.begun else 1.0


def duration(seconds: float) -> str:
    """Say a duration as briefly as it is known: 8 s, 3 min, 2.5 h."""
    if seconds < 59.5:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 3570 else f"{seconds / 3600:.1f} h"
