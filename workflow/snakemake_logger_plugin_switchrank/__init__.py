"""Snakemake's messages in few lines: what jobs are done, how long it will take, and of a failure what helps.

The profile names it (`logger: [switchrank]`). Dry runs, warnings and other errors keep Snakemake's own words.
"""

import os
import re
import sys
import time
from logging import LogRecord
from pathlib import Path
from threading import Event, Thread
from typing import Any

from snakemake.logging import ColorizingTextHandler
from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from snakemake_logger_plugin_switchrank.interrupt import Interrupt
from snakemake_logger_plugin_switchrank.terminal import Terminal
from switchrank.jobs import progress
from switchrank.jobs.progress import Progress, duration, stage
from switchrank.settings import load_yaml

# Seconds per job of each rule, and what the calibration took on the machine where they were measured.
TYPICAL = Path(__file__).with_name("durations.yaml")
LONG = 20  # seconds from which on a job is told when it begins, too, where no line changes in place
WORTH_CALIBRATING = 60  # seconds of work
RESULTS = "SWITCHRANK_RESULTS"  # the environment variable in which the workflow says where its results are

GOES_ON = "The same command goes on from here."
_SILENT = {LogEvent.WORKFLOW_STARTED, LogEvent.PROGRESS, LogEvent.SHELLCMD, LogEvent.JOB_STARTED}
_CHATTER = (
    "Using shell:", "Select jobs to execute", "Building DAG", "Assuming unrestricted",
    "Conda environments: ignored", "Complete log", "Shutting down",
)  # fmt: skip
_TIME = re.compile(r"^[\d-]{10} [\d:,]{12} ")  # before each line of a job's log


class LogHandler(LogHandlerBase):
    """What `logger: [switchrank]` stands for."""

    writes_to_stream = True
    writes_to_file = False
    has_filter = False  # Snakemake's own, so that --quiet and --verbose keep their meaning
    has_formatter = False  # Snakemake's own, for what is told as ever
    needs_rulegraph = False

    def __post_init__(self) -> None:
        """Begin with nothing known of the run."""
        settings = self.common_settings
        stream = sys.stdout if settings.stdout else sys.stderr
        self._snakemake = ColorizingTextHandler(nocolor=settings.nocolor, stream=stream)
        self._terminal = Terminal(stream)
        self._interrupt = None if settings.dryrun else Interrupt(self._tell_interrupt)
        self._ended = Event()
        self._progress: Progress | None = None
        self._jobs: dict[int, str] = {}
        self._cores = 1
        self._killed = False

    def emit(self, record: LogRecord) -> None:
        """Print what a record says, if it says anything that a reader waits for."""
        if self.common_settings.dryrun:
            self._snakemake.setFormatter(self.formatter)
            self._snakemake.emit(record)
            return
        try:
            if not self._interrupt.happened:
                if text := self._text(record):
                    self._terminal.print(text)
                self._terminal.show(self._line())
        except Exception:  # would end the thread in which Snakemake calls this, and with it all messages
            self.handleError(record)

    def close(self) -> None:
        """Leave no changing line behind."""
        self._ended.set()
        if not self.common_settings.dryrun:
            self._terminal.show("")
        super().close()

    def _text(self, record: LogRecord) -> str | None:
        event = getattr(record, "event", None)
        said = str(record.msg)
        match event:
            case LogEvent.RESOURCES_INFO:
                self._cores = getattr(record, "cores", None) or self._cores
                return None
            case LogEvent.RUN_INFO:
                return self._begin(dict(record.stats), record.created)
            case LogEvent.JOB_INFO:
                return self._start(record)
            case LogEvent.JOB_FINISHED:
                return self._finish(record.job_id, record.created)
            case LogEvent.JOB_ERROR:
                return self._fail(record)
            case LogEvent.ERROR if "CalledProcessError" in said and not self.common_settings.quiet:
                self._killed = bool(re.search(r"exit status 137\b|SIGKILL", said))
                return None  # JOB_ERROR follows
            case LogEvent.ERROR if "At least one job did not complete successfully" in said:
                return None
        if event is None and record.levelname in ("INFO", "ERROR"):
            if said.startswith("Elapsed time:"):
                return self._end(record.created)
            if said.startswith("Exiting because a job execution failed"):
                return f"Once that is mended: {GOES_ON[0].lower()}{GOES_ON[1:]}"
            if said.startswith("Nothing to be done"):
                return f"{said}{_headline()}"
            if said.startswith(_CHATTER):
                return None
        return None if event in _SILENT else self._snakemake.decorate(record, self.format(record))

    def _begin(self, stats: dict[str, Any], now: float) -> str:
        # The rule `all` only gathers.
        jobs = {rule: count for rule, count in stats.items() if rule not in ("all", "total")}
        self._progress = Progress(jobs, _typical(jobs), now, self._cores)
        if self._terminal.changes:
            Thread(target=self._redraw, daemon=True).start()
        seconds = self._progress.remaining(now)
        long = f", about {duration(seconds)} on {_plural(self._cores, 'core')}" if seconds else ""
        stages = ", ".join(f"{count} {name}" for name, count in self._progress.stages.items())
        return f"{_plural(self._progress.total, 'job')}{long}: {stages}"

    def _start(self, record: LogRecord) -> str | None:
        if self._progress is None or record.rule_name == "all":
            return None
        name = stage(record.rule_name)
        self._jobs[record.jobid] = " ".join([name, *map(str, (record.wildcards or {}).values())])
        self._progress.start(record.jobid, name, record.created)
        usual = self._progress.typical.get(name, 0)
        if self._terminal.changes or usual < LONG:
            return None
        return f"{self._jobs[record.jobid]} begins, usually {duration(usual)}"

    def _finish(self, job: int, now: float) -> str | None:
        if self._progress is None or job not in self._jobs:
            return None
        took, name = self._progress.finish(job, now), self._jobs.pop(job)
        line = f"{self._place()} {name}: {duration(took)}"
        return None if self._terminal.changes else "; ".join([line, *self._left(now)])

    def _fail(self, record: LogRecord) -> str:
        name = self._jobs.get(record.jobid, record.rule_name)
        if self._progress:
            self._progress.fail(record.jobid)
        logs = [Path(path) for path in record.log or [] if Path(path).is_file()]
        reason = "it was killed; is there enough memory?" if self._killed else _last_line(logs)
        lines = [
            f"{name} failed" + (f": {reason}" if reason else ""),
            *(f"  its log: {path}" for path in logs),
        ]
        return self._snakemake.decorate(record, "\n".join(lines))

    def _end(self, now: float) -> str | None:
        progress = self._progress
        if progress is None or progress.done < progress.total:
            return None
        headline = _headline() if "report" in progress.stages else ""
        return f"{_plural(progress.total, 'job')} done in {duration(now - progress.begun)}{headline}"

    def _tell_interrupt(self) -> None:
        with self.lock:
            self._terminal.show("")
            self._terminal.print(f"Interrupted. {GOES_ON}")

    def _redraw(self) -> None:
        while not self._ended.wait(1):
            with self.lock:
                if not self._interrupt.happened:
                    self._terminal.show(self._line())

    def _line(self) -> str:
        progress = self._progress
        if progress is None or progress.done == progress.total or self._ended.is_set():
            return ""
        stages = [f"{name} {done}/{total}" for name, done, total in progress.under_way()]
        return f"{self._place()} {' · '.join([*stages, *self._left(time.time())])}"

    def _place(self) -> str:
        total = str(self._progress.total)
        return f"[{self._progress.done:{len(total)}d}/{total}]"

    def _left(self, now: float) -> list[str]:
        left = self._progress.remaining(now)
        return [f"about {duration(left)} left"] if left and self._progress.done < self._progress.total else []


def _typical(jobs: dict[str, int]) -> dict[str, float]:
    """Seconds per job of each stage on this machine, as far as they are known."""
    table = load_yaml(TYPICAL)
    work = sum(count * table["seconds"].get(stage(rule), 0) for rule, count in jobs.items())
    factor = progress.calibrate() / table["calibration"] if work > WORTH_CALIBRATING else 1.0
    return {name: seconds * factor for name, seconds in table["seconds"].items()}


def _plural(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' if number > 1 else ''}"


def _last_line(logs: list[Path]) -> str:
    """What the log of a failed job ends with, which is its error."""
    lines = [line for path in logs for line in path.read_text(errors="replace").splitlines() if line.strip()]
    return _TIME.sub("", lines[-1]) if lines else ""


def _headline() -> str:
    """Lines that name the report and say what came out; nothing where there is no report."""
    folder = Path(os.environ.get(RESULTS, ""))
    if RESULTS not in os.environ or not (folder / "headline.txt").is_file():
        return ""
    return f"\n{(folder / 'headline.txt').read_text().rstrip()}\nThe report: {folder / 'report.html'}"
