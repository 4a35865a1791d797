"""Snakemake with the logger switchrank on a workflow of a few jobs."""

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import snakemake_logger_plugin_switchrank as logger
from switchrank.settings import load_yaml

ROOT = Path(__file__).parents[1]
LIBRARY = str(ROOT / "workflow")
SNAKEMAKE = [sys.executable, "-m", "snakemake", "--logger", "switchrank", "--cores", "1"]
RULE = re.compile(r'^ *rule (\w+):|f"(\w+){suffix}"', re.M)
ON_TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # Ctrl-C there reaches this process and what it starts
os.execv(sys.argv[1], sys.argv[1:])
"""
CONTINUE = "un the same command to continue."

SNAKEFILE = """
from snakemake.shell import shell
shell.prefix("trap '' INT TERM; set -e; ")
for number in (1, 2):
    rule:
        name: f"make_{number}"
        output: f"out/{number}.txt"
        log: f"{number}.log"
        shell: "test ! -e slow || python -c 'import signal, sys, time; "
               "signal.signal(15, lambda *_: sys.exit(143)); time.sleep(60)'; "
               "if test -e stop; then echo '2026-01-02 03:04:05,678 a.yaml: x' > {log}; exit $(cat stop); "
               "else touch {output}; fi"
rule report:
    default_target: True
    input: "out/1.txt", "out/2.txt"
    output: "headline.txt"
    shell: "echo It helps > {output}"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "Snakefile").write_text(SNAKEFILE)
    return tmp_path


@pytest.fixture
def environment(folder):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {"PYTHONPATH": LIBRARY, "HOME": str(folder), "PATH": path, logger.RESULTS: "."}


@pytest.fixture
def run(folder, environment):
    """Run the workflow; give the lines that Snakemake says."""

    def run(*options):
        command = [*SNAKEMAKE, *options]
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        return (done.stderr + done.stdout).splitlines()

    return run


@pytest.fixture
def run_on_terminal(folder, environment):
    """Run the workflow on a terminal, press Ctrl-C once a text appears; give what came, and the status."""

    def run(press_at=None):
        terminal, its_end = pty.openpty()
        process = subprocess.Popen(  # not pty.fork, after which a process of several threads may hang
            [sys.executable, "-c", ON_TERMINAL, *SNAKEMAKE], stdin=its_end, stdout=its_end, stderr=its_end,
            cwd=folder, env=environment | {"TERM": "xterm"},
        )  # fmt: skip
        os.close(its_end)
        said = ""
        while True:
            try:
                said += os.read(terminal, 4096).decode()
            except OSError:  # it has ended
                os.close(terminal)
                return said, process.wait()
            if press_at and press_at in said:
                os.write(terminal, b"\x03")
                press_at = None

    return run


def test_every_job_has_one_line_and_the_report_is_named(run):
    head, *jobs, done, headline, report = run()
    assert head == "3 jobs: 2 make, 1 report" or head == "3 jobs: 1 report, 2 make"
    assert [re.sub(r"\d+ s", "1 s", line) for line in jobs] == [
        "[1/3] make: 1 s; about 1 s left",
        "[2/3] make: 1 s; about 1 s left",
        "[3/3] report: 1 s",
    ]
    assert done.startswith("3 jobs done in ")
    assert [headline, report] == ["It helps", "The report: report.html"]
    nothing = "Nothing to be done (all requested files are present and up to date)."
    assert run() == [nothing, headline, report]


def test_a_dry_run_has_the_words_of_snakemake(run):
    said = run("-n")
    assert "rule make_1:" in said and any(line.startswith("This was a dry-run") for line in said)


@pytest.mark.parametrize(
    ("status", "why"), [(1, "a.yaml: x"), (137, "it was killed; is there enough memory?")]
)
def test_a_failure_takes_three_lines(run, folder, status, why):
    (folder / "stop").write_text(str(status))
    _, failed, log, hint = run()
    assert failed == f"make failed: {why}" and re.fullmatch("  its log: [12].log", log)
    assert hint.endswith(CONTINUE)


def test_what_is_no_failure_of_a_job_is_said_as_ever(run):
    assert any("MissingRuleException" in line for line in run("nowhere.txt"))


def test_on_a_terminal_one_line_changes(run_on_terminal):
    said, status = run_on_terminal()
    assert status == 0 and "\r[0/3] make 0/2\x1b[K\r" in said
    head, *rest = [re.sub(r".*\r(?=.)", "", line.rstrip("\r")) for line in said.split("\n")]
    assert head.startswith("3 jobs: ")
    assert "3 jobs done in " in rest[0] and rest[1:] == ["It helps", "The report: report.html", ""]


def test_an_interrupted_run_ends_with_one_line(run_on_terminal, folder):
    (folder / "slow").touch()
    said, status = run_on_terminal(press_at="make 0/2")
    assert status == -signal.SIGINT
    assert said.count(CONTINUE) == 1 and said.endswith(f"{CONTINUE}\r\n")
    assert "Traceback" not in said and "Error" not in said
    assert not list(folder.glob(".snakemake/locks/*"))
    (folder / "slow").unlink()
    assert run_on_terminal()[1] == 0


def test_the_table_is_scaled_by_the_calibration_where_it_is_worth_it(monkeypatch):
    table = load_yaml(logger.TYPICAL)
    monkeypatch.setattr(logger.progress, "calibrate", lambda: 2 * table["calibration"])
    rule, seconds = next(iter(table["seconds"].items()))
    assert logger._typical({rule: 1})[rule] == seconds
    assert logger._typical({f"{rule}_0": 1000})[rule] == 2 * seconds


def test_every_rule_has_a_typical_duration_so_that_the_time_is_said_beforehand():
    rules = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("workflow/rules/*.smk"))
    assert {"".join(names) for names in RULE.findall(rules)} == set(load_yaml(logger.TYPICAL)["seconds"])
