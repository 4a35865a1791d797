import errno
import fcntl
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from switchrank.jobs import locks

LIBRARY = str(Path(__file__).parents[2] / "workflow")

HOLDER = """
import sys
from switchrank.jobs import locks
print(locks.hold(sys.argv[1], may_clear=sys.argv[2] == "main"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def start():
    """Start a process that holds; it tells whether it cleared a lock and lives until it is killed."""
    processes = []

    def _start(folder, role="main"):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(folder), role],
            env={"PYTHONPATH": LIBRARY},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        processes.append(process)
        process.cleared = process.stdout.readline().strip() == "True"
        return process

    yield _start
    for process in processes:
        process.kill()
        process.communicate()


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.fixture
def locked(tmp_path):
    """A working folder with Snakemake's lock in it."""
    folder = tmp_path / ".snakemake" / "locks"
    folder.mkdir(parents=True)
    (folder / "0.input.lock").write_text("in.txt\n")
    (folder / "0.output.lock").write_text("out.txt\n")
    return tmp_path


def lock_files(folder):
    return sorted(path.name for path in (folder / ".snakemake" / "locks").iterdir())


def test_a_dead_lock_is_cleared_once(locked, start):
    assert start(locked).cleared
    assert lock_files(locked) == []
    assert not start(locked).cleared


def test_a_living_lock_is_left(tmp_path, start):
    start(tmp_path)
    locks_folder = tmp_path / ".snakemake" / "locks"
    locks_folder.mkdir()
    (locks_folder / "0.output.lock").write_text("out.txt\n")
    assert not start(tmp_path).cleared
    assert lock_files(tmp_path) == ["0.output.lock"]


def test_a_killed_process_is_dead_at_once(locked, start):
    first = start(locked, "job")
    assert not start(locked, "job").cleared
    kill(first)
    assert not start(locked).cleared  # the second still lives
    assert lock_files(locked) == ["0.input.lock", "0.output.lock"]


def test_the_lock_of_a_run_whose_processes_were_all_killed_is_cleared(locked, start):
    run = [start(locked, "job") for _ in range(3)]
    for process in run:
        kill(process)
    assert start(locked).cleared


def test_a_job_never_clears(locked, start):
    assert not start(locked, "job").cleared
    assert lock_files(locked) == ["0.input.lock", "0.output.lock"]


def test_a_command_that_outlives_its_run_is_alive(locked, start):
    """The shell and what it starts hold the flock, though the process that wrote the prefix is gone."""
    prefix = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from switchrank.jobs import locks; locks.hold(sys.argv[1], may_clear=False);"
            "print(locks.shell_prefix(sys.argv[1]))",
            str(locked),
        ],
        env={"PYTHONPATH": LIBRARY},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    script = [sys.executable, "-c", "print(1, flush=True); input()"]
    orphan = subprocess.Popen(
        ["bash", "-c", f'{prefix} "$@"; true', "job", *script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    orphan.stdout.readline()
    assert not start(locked, "main").cleared
    orphan.communicate(b"\n")
    assert lock_files(locked) == ["0.input.lock", "0.output.lock"]


def test_many_at_once_clear_once(locked, start):
    assert sum(start(locked).cleared for _ in range(5)) == 1


def test_a_second_call_changes_nothing(locked):
    assert locks.hold(locked)
    (locked / ".snakemake" / "locks" / "1.output.lock").write_text("out.txt\n")
    assert not locks.hold(locked)
    assert lock_files(locked) == ["1.output.lock"]


def test_other_files_stay(locked):
    (locked / ".snakemake" / "locks" / "notes.txt").write_text("mine\n")
    assert locks.hold(locked)
    assert lock_files(locked) == ["notes.txt"]


def test_without_flock_nothing_is_held_or_cleared(locked, monkeypatch):
    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert not locks.hold(locked)
    assert locks.shell_prefix(locked) == ""
    assert lock_files(locked) == ["0.input.lock", "0.output.lock"]
