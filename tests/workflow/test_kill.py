"""Runs that are killed with SIGKILL: nothing half-written is taken for done, and the next run goes on.

One working folder goes through it all with one core: killed while the corpus is written, killed while the
ranker is trained, then finished. In the end it holds the same bytes as the folder of the run on two cores
that nobody disturbed.
"""

import os
import re
import signal
import time
from types import SimpleNamespace

import pytest

TARGETS = ("results/pocket/cells/zero-shot/en-de.json", "results/pocket/cells/ml-cs/en-de.json")
COMMAND = ("--cores", "1", *TARGETS)
CHECKPOINT = "shared/*/checkpoints/kernel.*/en-en.*/seed1.*.safetensors"
MODEL = "shared/*/models/kernel.*/en-en.*/seed1/model.safetensors"
LOCK_CLEARED = "Cleared the lock of a killed run."
PATIENCE = 900  # seconds


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


def stop_when(process, happens):
    """Stop a process group at the moment something is seen."""
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert process.poll() is None, process.said.read_text()
        assert time.monotonic() < deadline
        time.sleep(0.0005)
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
