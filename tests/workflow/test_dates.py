"""Results that are dated in the future, as by a wrong clock, and results on a disk that takes no more."""

import os
import shutil
import subprocess

import pytest

COMMAND = ("--cores", "2")
DAY = 24 * 60 * 60 * 10**9  # nanoseconds
# In a mount namespace of its own; $0 is the folder that becomes read-only.
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


@pytest.fixture(scope="module")
def copied(new_copy):
    """A copy of the finished working folder."""
    return new_copy("dated")


@pytest.fixture
def configured(copied):
    """The same; its config is as it was after the test."""
    config = copied.config
    yield copied
    copied.config = config


def all_results(workspace):
    return [path for path in (workspace.folder / "results").rglob("*") if not path.is_dir()]


def redate(paths, nanoseconds):
    """Let files be younger or older."""
    for path in paths:
        stat = path.lstat()
        times = (stat.st_atime_ns, stat.st_mtime_ns + nanoseconds)
        os.utime(path, ns=times, follow_symlinks=False)


def read_only(folder):
    """What to put before a command so that it sees a folder as one that cannot be written."""
    if shutil.which("unshare") is None:
        pytest.skip("unshare is not installed")
    words = ("unshare", "--map-root-user", "--mount", "bash", "-c", READ_ONLY, str(folder))
    touch = [*words, "touch", f"{folder}/x"]
    refused = subprocess.run(touch, check=False, capture_output=True, text=True)
    if "Read-only" not in refused.stderr:
        pytest.skip(f"no read-only mount can be made here: {refused.stderr.strip()}")
    return words


def test_nothing_to_do_on_a_read_only_disk(copied):
    whole = copied.contents()
    done = copied.run(*COMMAND, within=read_only(copied.results.parent.resolve()))
    assert done.nothing_to_do, done.said
    assert "Traceback" not in done.said and "cannot be written" not in done.said
    assert copied.contents() == whole


def test_something_to_do_on_a_read_only_disk_is_refused(configured):
    whole = configured.contents()
    configured.configure("trained on switched English", "trained on English with words of other languages")
    done = configured.run(*COMMAND, within=read_only(configured.results.parent.resolve()))
    assert done.status == 1
    assert "Write-protected output files" in done.said and "results/pocket/report.html" in done.said
    assert "Traceback" not in done.said
    assert configured.contents() == whole


def test_everything_dated_in_the_future_is_up_to_date(copied):
    redate(all_results(copied), DAY)
    assert copied.run(*COMMAND).nothing_to_do


def test_a_change_redoes_what_it_touches_whatever_the_dates(configured, finished):
    configured.configure("steps: 70", "steps: 71")
    config, finished.config = finished.config, configured.config
    try:
        expected = finished.plan().jobs
    finally:
        finished.config = config
    assert "train kernel en-en 1" in expected and "corpus" not in expected
    assert configured.plan().jobs == expected


def test_what_is_dated_in_the_future_is_redone_only_where_dates_decide(new_copy):
    copied = new_copy("partly-dated")
    whole = copied.contents()
    # Of these, Snakemake knows the bytes: their dates decide nothing.
    small = ("corpus/*", "candidates.*", "lexicons/*/*", "training/*/*/*", "training/*/*/*/*")
    redate([path for pattern in small for path in copied.shared.glob(pattern) if path.is_file()], DAY)
    redate([copied.folder / "lexicons" / "en-de.tsv"], DAY)
    redate(list(copied.results.glob("runs/**/*.parquet")), DAY)
    assert copied.run(*COMMAND).nothing_to_do

    # This one is too large for that.
    large = copied.named("encoded/training/ml-cs.clwe-shuffled.*/seed1/en.safetensors")
    assert large.stat().st_size > 10**6
    redate([large], DAY)
    command = (*COMMAND, "results/pocket/runs/ml-cs-shuffled/seed1/en-de.parquet")
    done = copied.run(*command)
    assert done.status == 0, done.said
    assert done.jobs == {"train kernel ml-cs.clwe-shuffled.p0.50 1", "rank ml-cs-shuffled 1"}
    assert copied.contents() == whole
    assert copied.run(*command).nothing_to_do
