"""Runs that are killed with SIGKILL: nothing half-written is taken for done, and the next run goes on.

One working folder goes through it all with one core: killed while the corpus is written, killed while the
ranker is trained, then finished. In the end it holds the same bytes as the folder of the run on two cores
that nobody disturbed. Then copies of that folder: killed at random moments while they make again what was
removed, and with single jobs killed, as the kernel does where memory runs out.
"""

import csv
import json
import os
import random
import re
import shutil
import signal
import time
from types import SimpleNamespace

import psutil
import pytest

TARGETS = ("results/pocket/cells/zero-shot/en-de.json", "results/pocket/cells/ml-cs/en-de.json")
COMMAND = ("--cores", "1", *TARGETS)
CHECKPOINT = "shared/*/checkpoints/kernel.*/en-en.*/seed1.*.safetensors"
MODEL = "shared/*/models/kernel.*/en-en.*/seed1/model.safetensors"
LOCK_CLEARED = "Cleared the lock of a killed run."
PATIENCE = 900  # seconds
DONE = re.compile(r"^\[ *\d+/\d+\] .+: [\d.]+ (?:s|min|h)\b", re.M)  # a job
KILLS = 3
MOST_JOBS, MOST_SECONDS = 3, 2.0  # that a run does, and goes on for, before its kill


@pytest.fixture(scope="module")
def story(new_workspace, finished):
    """What was seen at each stop."""
    workspace = new_workspace("killed")
    seen = SimpleNamespace(workspace=workspace)

    writing = workspace.start(*COMMAND)
    stop_when(writing, lambda: list(results(workspace).glob("shared/*/corpus/**/.*")))
    os.killpg(writing.pid, signal.SIGKILL)
    writing.wait()
    seen.corpus = files(workspace.shared / "corpus")

    training = workspace.start(*COMMAND)
    stop_when(training, lambda: list(results(workspace).glob(CHECKPOINT)))
    seen.model_while_training = bool(list(results(workspace).glob(MODEL)))
    seen.beside_the_living = workspace.run(*COMMAND)
    os.kill(training.pid, signal.SIGKILL)  # Snakemake alone: its job, which is stopped, still lives
    training.wait()
    try:
        seen.beside_the_orphan = workspace.run(*COMMAND)
    finally:
        os.killpg(training.pid, signal.SIGKILL)
    seen.training = training.said.read_text()

    seen.last = workspace.run(*COMMAND)
    seen.log = workspace.named("logs/train/kernel.*/en-en.*/seed1.log").read_text()
    return seen


def results(workspace):
    return workspace.folder / "results"


def wait_until(process, happens):
    """Wait until something is seen, while the process lives."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert process.poll() is None, process.said.read_text()
        assert time.monotonic() < deadline
        time.sleep(0.0005)


def stop_when(process, happens):
    """Stop a process group at the moment something is seen."""
    wait_until(process, happens)
    os.killpg(process.pid, signal.SIGSTOP)


def files(folder):
    """The bytes of the files that a reader would find."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def test_what_is_there_after_a_kill_is_whole(story, finished):
    whole = files(finished.shared / "corpus")
    assert len(story.corpus) < len(whole)  # the kill did come in the middle
    assert story.corpus.items() <= whole.items()


def test_the_next_run_clears_the_lock_and_writes_the_rest(story):
    assert LOCK_CLEARED in story.training
    assert re.search(r"^\[.*\] corpus: ", story.training, re.M)


def test_no_model_is_there_before_training_ends(story):
    assert not story.model_while_training


def test_a_folder_in_use_is_refused_to_another_run(story):
    for refused in (story.beside_the_living, story.beside_the_orphan):
        assert refused.status == 1
        assert "cannot be locked" in refused.said
        assert LOCK_CLEARED not in refused.said
        assert not refused.jobs


def test_killed_training_goes_on_from_its_checkpoint(story):
    assert story.last.status == 0, story.last.said
    assert LOCK_CLEARED in story.last.said
    assert "train kernel en-en 1" in story.last.jobs
    assert not story.last.jobs & {
        "corpus",
        "bm25",
        "encode collection en",
        "candidates",
        "training_data en-en",
    }
    assert "resuming after step 50 " in story.log
    assert not list(results(story.workspace).glob(CHECKPOINT))


def test_killed_and_resumed_on_one_core_gives_the_bytes_of_two_cores(story, finished):
    for folder in ("corpus", "encoded", "lexicons", "training", "models"):
        resumed = files(story.workspace.shared / folder)
        assert resumed
        assert resumed.items() <= files(finished.shared / folder).items(), folder
    for folder in ("runs", "measures", "cells"):
        resumed = files(story.workspace.results / folder)
        assert resumed
        assert resumed.items() <= files(finished.results / folder).items(), folder
    assert list(results(story.workspace).glob(MODEL))
    assert all((story.workspace.folder / target).exists() for target in TARGETS)


@pytest.fixture(scope="module")
def copied(new_copy):
    """A copy of the finished working folder."""
    return new_copy("killed-copy")


def remove(workspace, *patterns):
    """Remove results; each pattern has some."""
    for pattern in patterns:
        found = list(results(workspace).glob(pattern))
        assert found, pattern
        for path in found:
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def without_times(contents):
    """Results of which claim 13 is left out: it is about times, which change from run to run."""
    kept = dict(contents)
    claims = json.loads(kept.pop("pocket/claims.json"))["claims"]
    rows = list(csv.DictReader(kept.pop("pocket/claims.csv").decode().splitlines()))
    kept["claims"] = [claim for claim in claims if claim["id"] != 13]
    kept["rows of claims"] = [row for row in rows if row["id"] != "13"]
    assert (len(claims), len(rows)) == (len(kept["claims"]) + 1, len(kept["rows of claims"]) + 1)
    return kept


def names(workspace):
    """All results by name, hidden ones, logs and times included."""
    folder = results(workspace)
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_killed_at_random_moments_it_ends_with_the_same_bytes(copied):
    seed = int(os.environ.get("KILL_SEED") or random.SystemRandom().randrange(10**6))
    print(f"KILL_SEED={seed} draws these moments again")
    moments = random.Random(seed)
    whole, named = copied.contents(), names(copied)
    remove(
        copied, "shared/*/training/fine-tune.en-de.*", "shared/*/models/*/fine-tune.en-de.*",
        "pocket/runs/fine-tune", "pocket/measures/fine-tune", "pocket/cells/fine-tune",
        "pocket/analyses/overlap.parquet", "pocket/analyses/costs*.parquet", "pocket/claims.*",
    )  # fmt: skip
    command = ("--cores", "2", "results/pocket/claims.csv", "results/pocket/cells/fine-tune/clir.json")
    for _ in range(KILLS):
        jobs, seconds = moments.randrange(MOST_JOBS), moments.uniform(0, MOST_SECONDS)
        print(f"killed {seconds:.3f} s after {jobs} jobs")
        run = copied.start(*command)
        wait_until(run, lambda run=run, jobs=jobs: len(DONE.findall(run.said.read_text())) >= jobs)
        time.sleep(seconds)
        assert run.poll() is None
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        left = {name: data for name, data in copied.contents().items() if "/claims." not in name}
        assert left.items() <= whole.items()  # what is there is whole

    last = copied.run(*command)
    assert last.status == 0 and "Traceback" not in last.said, last.said
    assert without_times(copied.contents()) == without_times(whole)
    assert names(copied) >= named
    assert copied.run(*command).nothing_to_do


def test_a_job_that_is_killed_is_told_and_made_by_the_next_run(copied):
    target = "results/pocket/cells/fine-tune/en-de.json"
    whole = copied.contents()
    remove(copied, "shared/*/models/*/fine-tune.en-de.*", "pocket/*/fine-tune/**/en-de.*")
    for script in ("train", "rank"):
        run = copied.start("--cores", "2", target)
        wait_until(run, lambda run=run, script=script: scripts(run, script))
        for process in scripts(run, script):
            process.kill()
        assert run.wait(PATIENCE) == 1
        (told,) = re.findall(rf"^{script} .* failed: .*", run.said.read_text(), re.M)
        assert told.endswith("it was killed; is there enough memory?")
        assert "Traceback" not in run.said.read_text()
        assert copied.contents().items() <= whole.items()
    last = copied.run("--cores", "2", target)
    assert last.status == 0, last.said
    assert copied.contents() == whole


def scripts(run, name):
    """The processes of a script's jobs, without their shells."""
    found = []
    for process in psutil.Process(run.pid).children(recursive=True):
        try:
            line = process.cmdline()
        except psutil.NoSuchProcess:
            continue
        if len(line) == 2 and line[1].endswith(f".{name}.py"):
            found.append(process)
    return found
