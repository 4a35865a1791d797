"""How far a run of jobs is and how long it will still take, from what its jobs took so far."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

# The table of typical durations counts like so many seconds of work seen here: a few jobs do not overturn it.
_TRUST = 30.0


def stage(rule: str) -> str:
    """The stage that a rule belongs to: rank_0 and rank_1, which do shares of it, are both of rank."""
    return re.sub(r"_\d+$", "", rule)


class Progress:
    """Jobs done and time left, told from durations: jobs differ too much for a mere count of them.

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
        self.typical = typical
        self.cores = cores
        self.begun = now
        self._running: dict[int, tuple[str, float]] = {}
        self._took: dict[str, list[float]] = defaultdict(list)

    @property
    def total(self) -> int:
        """The number of all jobs."""
        return self.stages.total()

    @property
    def done(self) -> int:
        """The number of jobs that have finished."""
        return sum(map(len, self._took.values()))

    def under_way(self) -> list[tuple[str, int, int]]:
        """Each stage of which jobs are running: its name, its finished jobs, all its jobs."""
        names = dict.fromkeys(name for name, _ in self._running.values())
        return [(name, len(self._took.get(name, ())), self.stages[name]) for name in names]

    def start(self, job: int, rule: str, now: float) -> None:
        """Note that a job of `rule` has begun."""
        self._running[job] = (stage(rule), now)

    def finish(self, job: int, now: float) -> float:
        """Note that a job has ended well; give the seconds that it took."""
        name, begun = self._running.pop(job)
        self._took[name].append(now - begun)
        return now - begun

    def fail(self, job: int) -> None:
        """Note that a job has failed: it is still to be done."""
        self._running.pop(job, None)

    def remaining(self, now: float) -> float | None:
        """Seconds that are left; None while there is a stage of which nothing is known."""
        work = longest = 0.0
        ages: dict[str, list[float]] = defaultdict(list)
        for name, begun in self._running.values():
            ages[name].append(now - begun)
        for name, count in self.stages.items():
            left = count - len(self._took.get(name, ()))
            if left <= 0:
                continue
            expected = self._expected(name)
            if expected is None:
                return None
            jobs = [max(expected - age, 0.0) for age in ages[name]]
            jobs += [expected] * (left - len(ages[name]))
            work += sum(jobs)
            longest = max(longest, *jobs)
        return max(work / self._side_by_side(now), longest)

    def _expected(self, name: str) -> float | None:
        if took := self._took.get(name):
            return sum(took) / len(took)
        if name not in self.typical:
            return None
        known = [(took, self.typical[name]) for name, took in self._took.items() if name in self.typical]
        planned = sum(len(took) * typical for took, typical in known)
        return self.typical[name] * (sum(sum(took) for took, _ in known) + _TRUST) / (planned + _TRUST)

    def _side_by_side(self, now: float) -> float:
        if not self._took:
            return self.cores
        busy = sum(map(sum, self._took.values())) + sum(now - begun for _, begun in self._running.values())
        return max(busy / (now - self.begun), 1.0) if now > self.begun else 1.0


def duration(seconds: float) -> str:
    """Say a duration as briefly as it is known: 8 s, 3 min, 2.5 h."""
    if seconds < 59.5:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 3570 else f"{seconds / 3600:.1f} h"
