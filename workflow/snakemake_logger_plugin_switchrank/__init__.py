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
from typing import TextIO

from snakemake.logging import ColorizingTextHandler
from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

from snakemake_logger_plugin_switchrank import interrupt
from switchrank.jobs import progress
from switchrank.jobs.progress import Progress, duration, stage
from switchrank.settings import load_yaml

# Seconds per job of each rule, and what the calibration took on the machine where they were measured.
TYPICAL = Path(__file__).with_name("durations.yaml")
LONG = 20  # seconds from which on the start of a job is said, too, where no line changes in place
WORTH_CALIBRATING = 60  # seconds of work
RESULTS = "SWITCHRANK_RESULTS"  # the environment variable in which the workflow says where its results are

_SILENT = {LogEvent.WORKFLOW_STARTED, LogEvent.PROGRESS, LogEvent.SHELLCMD, LogEvent.JOB_STARTED}
_CHATTER = (
    "Using shell:", "Select jobs to execute", "Building DAG", "Assuming unrestricted",
    "Conda environments: ignored", "Complete log", "Shutting down",
)  # fmt: skip
_TIME = re.compile(r"^[\d-]{10} [\d:,]{12} ")  # before each line of a job's log
_ERASE_REST = "\x1b[K"  # of the line


class LogHandler(LogHandlerBase):
    """What `logger: [switchrank]` stands for."""

    writes_to_stream = True
    writes_to_file = False
    has_filter = False  # Snakemake's own, so that --quiet and --verbose keep their meaning
    has_formatter = False  # Snakemake's own, for what is said in its words
    needs_rulegraph = False

    def __post_init__(self) -> None:
        """Begin with nothing known of the run."""
        settings = self.common_settings
        stream = sys.stdout if settings.stdout else sys.stderr
        self._snakemake = ColorizingTextHandler(nocolor=settings.nocolor, stream=stream)
        self._terminal = Terminal(stream)
        self._interrupted = Event() if settings.dryrun else interrupt.watch(self._say_interrupted)
        self._ended = Event()
        self._progress: Progress | None = None
        self._jobs: dict[int, str] = {}  # id → rule and wildcards of each job that is running
        self._cores = 1
        self._killed = False  # whether the latest error is that of a killed job

    def emit(self, record: LogRecord) -> None:
        """Print what a record says, if it says anything that a reader waits for."""
        try:
            if self.common_settings.dryrun:
                self._snakemake.setFormatter(self.formatter)
                self._snakemake.emit(record)
            elif not self._interrupted.is_set():
                if text := self._text(record):
                    self._terminal.print(text)
                self._terminal.show(self._line())
        except Exception:  # would end the thread in which Snakemake calls this, and with it all messages
            self.handleError(record)

    def close(self) -> None:
        """Leave no changing line behind."""
        self._ended.set()
        self._terminal.show("")
        super().close()

    def _text(self, record: LogRecord) -> str | None:
        event = getattr(record, "event", None)
        message = str(record.msg)
        match event:
            case LogEvent.RESOURCES_INFO:
                self._cores = getattr(record, "cores", None) or self._cores
                return None
            case LogEvent.RUN_INFO:
                return self._begin(record)
            case LogEvent.JOB_INFO:
                return self._start(record)
            case LogEvent.JOB_FINISHED:
                return self._finish(record)
            case LogEvent.JOB_ERROR:
                return self._fail(record)
            case LogEvent.ERROR if "CalledProcessError" in message and not self.common_settings.quiet:
                self._killed = bool(re.search(r"exit status 137\b|SIGKILL", message))
                return None  # JOB_ERROR follows
            case LogEvent.ERROR if "At least one job did not complete successfully" in message:
                return None
        if event is None and record.levelname in ("INFO", "ERROR"):
            if message.startswith("Elapsed time:"):
                return self._end(record)
            if message.startswith("Exiting because a job execution failed"):
                return "Fix this, then run the same command to continue."
            if message.startswith("Nothing to be done"):
                return f"{message}{_headline()}"
            if message.startswith(_CHATTER):
                return None
        return None if event in _SILENT else self._snakemake.decorate(record, self.format(record))

    def _begin(self, record: LogRecord) -> str:
        # The rule `all` only gathers.
        jobs = {rule: count for rule, count in record.stats.items() if rule not in ("all", "total")}
        self._progress = Progress(jobs, _typical(jobs), record.created, self._cores)
        if self._terminal.changes:
            Thread(target=self._redraw, daemon=True).start()
        seconds = self._progress.remaining(record.created)
        estimate = f", about {duration(seconds)} on {_plural(self._cores, 'core')}" if seconds else ""
        stages = ", ".join(f"{count} {name}" for name, count in self._progress.stages.items())
        return f"{_plural(self._progress.total, 'job')}{estimate}: {stages}"

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

    def _finish(self, record: LogRecord) -> str | None:
        if self._progress is None or record.job_id not in self._jobs:
            return None
        seconds = self._progress.finish(record.job_id, record.created)
        line = f"{self._count()} {self._jobs.pop(record.job_id)}: {duration(seconds)}"
        return None if self._terminal.changes else "; ".join([line, *self._left(record.created)])

    def _fail(self, record: LogRecord) -> str:
        name = self._jobs.get(record.jobid, record.rule_name)
        if self._progress:
            self._progress.fail(record.jobid)
        logs = [Path(path) for path in record.log or [] if Path(path).is_file()]
        reason = "it was killed; is there enough memory?" if self._killed else _last_line(logs)
        head = f"{name} failed: {reason}" if reason else f"{name} failed"
        return self._snakemake.decorate(record, "\n".join([head, *(f"  its log: {path}" for path in logs)]))

    def _end(self, record: LogRecord) -> str | None:
        run = self._progress
        if run is None or run.done < run.total:
            return None
        headline = _headline() if "report" in run.stages else ""
        return f"{_plural(run.total, 'job')} done in {duration(record.created - run.begun)}{headline}"

    def _say_interrupted(self) -> None:
        with self.lock:
            self._terminal.show("")
            self._terminal.print("Interrupted. Run the same command to continue.")

    def _redraw(self) -> None:
        while not self._ended.wait(1):
            with self.lock:
                if not self._interrupted.is_set():
                    self._terminal.show(self._line())

    def _line(self) -> str:
        """What is under way, for the line that changes."""
        run = self._progress
        if run is None or run.done == run.total or self._ended.is_set():
            return ""
        stages = [f"{name} {done}/{total}" for name, done, total in run.under_way()]
        return f"{self._count()} {' · '.join([*stages, *self._left(time.time())])}"

    def _count(self) -> str:
        total = str(self._progress.total)
        return f"[{self._progress.done:{len(total)}d}/{total}]"

    def _left(self, now: float) -> list[str]:
        seconds = self._progress.remaining(now)
        return [f"about {duration(seconds)} left"] if seconds else []


class Terminal:
    """Lines that stay and, where the stream is a terminal, one below them that changes.

    The cursor rests at the beginning of the changing line: what other processes print goes over it.
    """

    def __init__(self, stream: TextIO) -> None:
        """Print to `stream`."""
        self._stream = stream
        self.changes = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._line = ""

    def print(self, text: str) -> None:
        """Print lines that stay."""
        print(f"{_ERASE_REST * bool(self._line)}{text}", file=self._stream, flush=True)
        self.show(self._line)

    def show(self, line: str) -> None:
        """Let the changing line be this one, cut to the terminal's width; an empty one leaves nothing."""
        if self.changes and (line or self._line):
            width = os.get_terminal_size(self._stream.fileno()).columns or 80
            print(f"\r{line[: width - 1]}{_ERASE_REST}\r", end="", file=self._stream, flush=True)
            self._line = line


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
