"""How long a run of jobs will still take, from what its jobs took so far."""

from collections import defaultdict
from collections.abc import Mapping


class Estimate:
    """The time that is left, told from durations: jobs differ too much for a mere count of them.

    A rule's remaining jobs are expected to take what its finished ones took on average; before the first has
    finished, what the table of typical durations says, scaled by how this machine compares with the table.
    Divided by the number of jobs that ran side by side so far, and at least what the longest of them needs.
    """

    def __init__(self, jobs: Mapping[str, int], typical: Mapping[str, float], now: float) -> None:
        """Begin at time `now` (seconds) with so many `jobs` of each rule; `typical` is in seconds per job."""
        self._left = dict(jobs)
        self._typical = typical
        self._begun = now
        self._running: dict[int, tuple[str, float]] = {}
        self._took: dict[str, list[float]] = defaultdict(list)

    def beforehand(self, cores: int) -> float | None:
        """Seconds that all jobs take on so many cores; None if there is a rule of which nothing is known."""
        if any(rule not in self._typical for rule in self._left):
            return None
        longest = max((self._typical[rule] for rule in self._left), default=0.0)
        return max(sum(count * self._typical[rule] for rule, count in self._left.items()) / cores, longest)

    def start(self, job: int, rule: str, now: float) -> None:
        """Note that a job of `rule` has begun."""
        self._running[job] = (rule, now)

    def finish(self, job: int, now: float) -> float:
        """Note that a job has ended; give the seconds that it took."""
        rule, begun = self._running.pop(job)
        self._took[rule].append(now - begun)
        self._left[rule] = self._left.get(rule, 1) - 1
        return now - begun

    def remaining(self, now: float) -> float | None:
        """Seconds that are left; None while there is a rule of which nothing is known."""
        work = longest = 0.0
        running: dict[str, list[float]] = defaultdict(list)
        for rule, begun in self._running.values():
            running[rule].append(now - begun)
        for rule, count in self._left.items():
            if count <= 0:
                continue
            expected = self._expected(rule)
            if expected is None:
                return None
            jobs = [max(expected - age, 0.0) for age in running[rule]]
            jobs += [expected] * (count - len(running[rule]))
            work += sum(jobs)
            longest = max(longest, *jobs)
        return max(work / self._side_by_side(now), longest)

    def _expected(self, rule: str) -> float | None:
        if took := self._took.get(rule):
            return sum(took) / len(took)
        if rule not in self._typical:
            return None
        known = [(took, self._typical[name]) for name, took in self._took.items() if name in self._typical]
        planned = sum(len(took) * typical for took, typical in known)
        return self._typical[rule] * (sum(sum(took) for took, _ in known) / planned if planned else 1.0)

    def _side_by_side(self, now: float) -> float:
        busy = sum(sum(took) for took in self._took.values()) + sum(
            now - at for _, at in self._running.values()
        )
        return max(busy / (now - self._begun), 1.0) if now > self._begun else 1.0


def duration(seconds: float) -> str:
    """Say a duration as briefly as it is known: 8 s, 3 min, 2.5 h."""
    if seconds < 59.5:
        return f"{max(round(seconds), 1)} s"
    return f"{seconds / 60:.0f} min" if seconds < 3570 else f"{seconds / 3600:.1f} h"
