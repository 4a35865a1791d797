"""Snakemake's messages on the terminal, one line a finished job, with an estimate of the time that is left.

Chosen by `snakemake --logger switchrank`. Warnings, errors and the logs of failed jobs are told as ever.
"""

import sys
import time
from logging import LogRecord
from pathlib import Path
from typing import Any

from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from switchrank.jobs.progress import Estimate, duration
from switchrank.settings import load_yaml

# Seconds per job of each rule on two cores; a rule not told there is known once its first job has finished.
TYPICAL = Path(__file__).parents[1] / "profiles" / "default" / "durations.yaml"
LONG = 20  # seconds from which on a job is told when it begins, too

_SILENT = {LogEvent.WORKFLOW_STARTED, LogEvent.PROGRESS, LogEvent.SHELLCMD}
_CHATTER = ("Using shell:", "Select jobs to execute", "Building DAG", "Assuming unrestricted", "Complete log")


class LogHandler(LogHandlerBase):
    """What `--logger switchrank` stands for."""

    writes_to_stream = True
    writes_to_file = False
    has_filter = False  # Snakemake's own, so that --quiet and --verbose keep their meaning
    has_formatter = False  # Snakemake's own, for what is told as ever
    needs_rulegraph = False

    def __post_init__(self) -> None:
        """Begin with nothing known of the run."""
        self._jobs: dict[int, str] = {}
        self._typical: dict[str, float] = {}
        self._estimate: Estimate | None = None
        self._total = self._done = 0
        self._cores = 1

    def emit(self, record: LogRecord) -> None:
        """Print what a record says, if it says anything that a reader waits for."""
        text = self._text(record)
        if text:
            print(text, file=sys.stdout if self.common_settings.stdout else sys.stderr, flush=True)

    def _text(self, record: LogRecord) -> str | None:
        event = getattr(record, "event", None)
        if self.common_settings.dryrun:
            return self.format(record)
        match event:
            case LogEvent.RESOURCES_INFO:
                self._cores = getattr(record, "cores", None) or self._cores
                return None
            case LogEvent.RUN_INFO:
                return self._begin(dict(record.stats))
            case LogEvent.JOB_INFO:
                wildcards = " ".join(f"{value}" for value in (record.wildcards or {}).values())
                return self._start(record.jobid, record.rule_name, wildcards)
            case LogEvent.JOB_STARTED:
                return None
            case LogEvent.JOB_FINISHED:
                return self._finish(record.job_id)
        chatter = event is None and record.levelname == "INFO" and str(record.msg).startswith(_CHATTER)
        return None if event in _SILENT or chatter else self.format(record)

    def _begin(self, stats: dict[str, Any]) -> str:
        # The rule `all` only gathers.
        stats = {rule: count for rule, count in stats.items() if rule not in ("all", "total")}
        self._total = sum(stats.values())
        self._typical = load_yaml(TYPICAL)
        self._estimate = Estimate(stats, self._typical, time.monotonic())
        seconds = self._estimate.beforehand(self._cores)
        cores = f"{self._cores} core{'s' if self._cores > 1 else ''}"
        long = f", about {duration(seconds)} on {cores}" if seconds else ""
        jobs = ", ".join(f"{count} {rule}" for rule, count in stats.items())
        return f"{self._total} jobs{long}: {jobs}"

    def _start(self, job: int, rule: str, wildcards: str) -> str | None:
        if self._estimate is None or rule == "all":
            return None
        name = self._jobs[job] = f"{rule} {wildcards}".rstrip()
        self._estimate.start(job, rule, time.monotonic())
        usual = self._typical.get(rule, 0)
        return f"{name} begins, usually {duration(usual)}" if usual >= LONG else None

    def _finish(self, job: int) -> str | None:
        if self._estimate is None or job not in self._jobs:
            return None
        now = time.monotonic()
        self._done += 1
        name = self._jobs.pop(job)
        took = self._estimate.finish(job, now)
        left = self._estimate.remaining(now)
        place = f"[{self._done:{len(str(self._total))}d}/{self._total}]"
        rest = f"; about {duration(left)} left" if left and self._done < self._total else ""
        return f"{place} {name}: {duration(took)}{rest}"
