"""Working folders vanish, locks exclude the living only."""

import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from switchrank.assets.scratch import locked, scratch


def test_a_scratch_folder_is_empty_and_vanishes_whatever_happens(tmp_path):
    (tmp_path / "s.left" / "inside").mkdir(parents=True)
    with pytest.raises(KeyboardInterrupt), scratch(tmp_path / "s") as folder:
        assert list(folder.iterdir()) == []
        (folder / "file").write_text("x")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_no_scratch_folder_has_the_path_of_an_earlier_one(tmp_path):
    with scratch(tmp_path / "s") as first:
        pass
    with scratch(tmp_path / "s") as second:
        assert first != second


def test_a_scratch_folder_may_be_moved_away(tmp_path):
    with scratch(tmp_path / "s") as folder:
        (folder / "file").write_text("x")
        os.replace(folder / "file", tmp_path / "kept")
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_one_holder_at_a_time(tmp_path):
    inside, most = [], []

    def work() -> None:
        with locked(tmp_path / "lock"):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5


def _hold(path: Path, ready) -> None:
    with locked(path):
        ready.set()
        time.sleep(60)


def test_the_lock_of_a_killed_process_stands_in_nobodys_way(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    holder = context.Process(target=_hold, args=(tmp_path / "lock", ready))
    holder.start()
    assert ready.wait(30)
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with locked(tmp_path / "lock"):
        pass
