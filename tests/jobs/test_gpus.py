"""Each job has a GPU of its own, where there are several."""

import os
import threading

import pytest

from switchrank.jobs import gpus
from switchrank.jobs.gpus import own_gpu


@pytest.fixture(autouse=True)
def machine(monkeypatch, tmp_path):
    """A machine with three GPUs, whose locks are in a folder of their own."""
    monkeypatch.setattr(gpus, "_DEVICES", tmp_path)
    monkeypatch.setattr(gpus, "_PATIENCE", 0.01)
    monkeypatch.setattr(gpus, "_held", [])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")  # so that what is set is undone
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    for name in ("nvidia0", "nvidia1", "nvidia10", "nvidiactl", "nvidia-uvm"):
        (tmp_path / name).touch()
    yield tmp_path
    for descriptor in gpus._held:
        os.close(descriptor)


def test_a_process_has_one_to_itself():
    assert own_gpu() == os.environ["CUDA_VISIBLE_DEVICES"] == "0"
    assert own_gpu() is None  # by now there is one alone to be seen


def test_those_of_others_are_left_to_them(monkeypatch):
    names = []
    for _ in range(3):
        names.append(own_gpu())
        monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert names == ["0", "1", "10"]
    os.close(gpus._held.pop(1))
    assert own_gpu() == "1"


def test_a_job_waits_for_one():
    taken = [gpus._take(["0", "1", "10"]) for _ in range(3)]
    threading.Timer(0.1, lambda: os.close(taken[1][1])).start()
    assert own_gpu() == "1"
    os.close(taken[0][1])
    os.close(taken[2][1])


@pytest.mark.parametrize(("visible", "expected"), [("2,GPU-a", "2"), ("1", None), ("", None)])
def test_what_a_scheduler_gives_is_kept_to(monkeypatch, visible, expected):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    assert own_gpu() == expected
    assert os.environ["CUDA_VISIBLE_DEVICES"] == (expected or visible)


def test_without_a_gpu_nothing_changes(machine):
    for path in machine.glob("nvidia*"):
        path.unlink()
    assert own_gpu() is None
    assert not list(machine.glob("*.lock"))
