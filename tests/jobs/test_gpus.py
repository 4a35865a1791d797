"""Each job has a GPU of its own, where there are several."""

import os
import threading

import pytest

from switchrank.jobs import gpus
from switchrank.jobs.gpus import one_gpu


@pytest.fixture(autouse=True)
def machine(monkeypatch, tmp_path):
    """A machine with three GPUs, whose locks are in a folder of their own."""
    monkeypatch.setattr(gpus, "_DEVICES", tmp_path)
    monkeypatch.setattr(gpus, "_PATIENCE", 0.01)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    for name in ("nvidia0", "nvidia1", "nvidia10", "nvidiactl", "nvidia-uvm"):
        (tmp_path / name).touch()
    return tmp_path


def test_each_block_has_its_own():
    with one_gpu() as first:
        assert os.environ["CUDA_VISIBLE_DEVICES"] == first == "0"
        with one_gpu() as still:  # one alone is to be seen by now
            assert still is None
    assert "CUDA_VISIBLE_DEVICES" not in os.environ


def test_those_of_others_are_left_to_them(machine):
    taken = [gpus._take(["0", "1", "10"]) for _ in range(2)]
    with one_gpu() as name:
        assert [*(other for other, _ in taken), name] == ["0", "1", "10"]
    for _, descriptor in taken:
        os.close(descriptor)
    with one_gpu() as name:
        assert name == "0"


def test_a_job_waits_for_one():
    taken = [gpus._take(["0", "1", "10"]) for _ in range(3)]
    threading.Timer(0.1, lambda: os.close(taken[1][1])).start()
    with one_gpu() as name:
        assert name == "1"
    os.close(taken[0][1])
    os.close(taken[2][1])


@pytest.mark.parametrize(("visible", "expected"), [("2,GPU-a", "2"), ("1", None), ("", None)])
def test_what_a_scheduler_gives_is_kept_to(monkeypatch, visible, expected):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    with one_gpu() as name:
        assert name == expected
        assert os.environ["CUDA_VISIBLE_DEVICES"] == (expected or visible)
    assert os.environ["CUDA_VISIBLE_DEVICES"] == visible


def test_a_job_that_wants_none_takes_none(machine):
    with one_gpu(wanted=False) as name:
        assert name is None
    assert not list(machine.glob("*.lock"))


def test_without_a_gpu_nothing_changes(machine):
    for path in machine.glob("nvidia*"):
        path.unlink()
    with one_gpu() as name:
        assert name is None
    assert not list(machine.glob("*.lock"))
