import os
import time

from switchrank.jobs.dates import end_future

HOUR = 3600 * 10**9


def dated(path, nanoseconds):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(path.name)
    os.utime(path, ns=(nanoseconds, nanoseconds))
    return path


def test_what_is_dated_in_the_future_is_of_one_moment_and_the_rest_stays(tmp_path):
    begun = time.time_ns()
    future = [dated(tmp_path / "a" / name, begun + (1 + n) * HOUR) for n, name in enumerate(["x", "b/.y"])]
    past = dated(tmp_path / "a" / "b" / "z", begun - HOUR)
    elsewhere = dated(tmp_path / "c" / "x", begun + HOUR)
    (tmp_path / "a" / "link").symlink_to(elsewhere)
    (tmp_path / "a" / "nowhere").symlink_to("nothing")

    end_future([tmp_path / "a", tmp_path / "missing"])

    (moment,) = {path.stat().st_mtime_ns for path in future}
    assert begun <= moment <= time.time_ns()
    assert past.stat().st_mtime_ns == begun - HOUR
    assert elsewhere.stat().st_mtime_ns == begun + HOUR
    assert [path.read_text() for path in future] == ["x", ".y"]


def test_what_cannot_be_dated_is_left(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError

    path = dated(tmp_path / "x", time.time_ns() + HOUR)
    before = path.stat().st_mtime_ns
    monkeypatch.setattr(os, "utime", refuse)
    end_future([tmp_path])
    assert path.stat().st_mtime_ns == before
