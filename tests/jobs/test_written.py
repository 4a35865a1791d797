"""What jobs wrote is known again by size and date, else by its bytes; what is not as written is named."""

import json
import os
import shutil
import time
from pathlib import Path

import pytest

from switchrank.files import sha256
from switchrank.jobs import written
from switchrank.jobs.written import damaged, forget, record, remove

CONTENT = "de\tBaum\n" * 100


@pytest.fixture
def made(tmp_path, monkeypatch):
    """Two files that a job wrote and recorded, in a working folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.tsv", "b.tsv"):
        path = tmp_path / "results" / "pocket" / "lexicons" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CONTENT)
    (tmp_path / "results/pocket/logs/lexicon").mkdir(parents=True)
    record(LOG, [A, B])
    return tmp_path


LOG = "results/pocket/logs/lexicon/clwe.1234/en-de.log"
A, B = "results/pocket/lexicons/a.tsv", "results/pocket/lexicons/b.tsv"
FOLDERS = ["results/shared/pocket.1", "results/pocket"]


def spoil(path, content):
    """Write something else, as late as can be told from before."""
    before = os.stat(path).st_mtime_ns
    with open(path, "wb") as handle:
        handle.write(content)
    os.utime(path, ns=(before + 1, before + 1))


def test_files_as_written_are_whole(made):
    assert damaged(FOLDERS, renew=True) == []


@pytest.mark.parametrize(
    "content",
    [b"", CONTENT.encode()[:300], b"\xff\x00" * 400, CONTENT.encode().replace(b"u", b"o", 1), b"text"],
    ids=["nothing", "cut", "bytes", "one letter", "text"],
)
@pytest.mark.parametrize("renew", [True, False])
def test_other_bytes_are_damage_again_and_again(made, content, renew):
    spoil(A, content)
    assert damaged(FOLDERS, renew) == [A]
    assert damaged(FOLDERS, renew) == [A]


@pytest.mark.parametrize("date", [0, time.time() - 1e6, time.time() + 1e6], ids=["1970", "past", "future"])
def test_another_date_is_no_damage_and_read_once(made, monkeypatch, date):
    os.utime(A, (date, date))
    read = []
    monkeypatch.setattr(written, "sha256", lambda path: read.append(path) or sha256(path))
    for renew in (False, True, True):
        assert damaged(FOLDERS, renew) == []
    assert read == [A, A]


def test_a_copied_and_a_linked_folder_is_known_again(made):
    shutil.copytree("results", "elsewhere", copy_function=shutil.copy)
    shutil.rmtree("results")
    os.symlink("elsewhere", "results")
    assert damaged(FOLDERS, renew=True) == []
    spoil(B, b"text")
    assert damaged(FOLDERS, renew=True) == [B]


def test_what_is_gone_or_was_never_recorded_is_not_named(made):
    os.unlink(A)
    (made / "results/pocket/lexicons/c.tsv").write_text("mine")
    assert damaged(FOLDERS, renew=True) == []


def test_a_job_that_begins_again_has_no_record(made):
    spoil(A, b"half")
    forget(LOG)
    assert damaged(FOLDERS, renew=True) == []
    record(LOG, [A, B])
    assert damaged(FOLDERS, renew=True) == []


def test_a_file_that_two_jobs_wrote_may_be_that_of_either(made):
    spoil(A, b"of another job")
    assert damaged(FOLDERS, renew=True) == [A]
    record("results/pocket/logs/lexicon/single.log", [A])
    assert damaged(FOLDERS, renew=True) == []
    spoil(A, b"of nobody")
    assert damaged(FOLDERS, renew=True) == [A]


def test_nothing_outside_the_folders_is_named(made):
    place = made / "results/pocket/logs/lexicon/clwe.1234/en-de.written.json"
    entry = json.loads(place.read_text())[A] | {"size": 1}
    (made / "mine.txt").write_text("mine")
    others = [
        "mine.txt",
        str(made / "mine.txt"),
        "results/pocket/../../mine.txt",
        "results/pocket2/x",
        "results",
    ]
    place.write_text(json.dumps(dict.fromkeys(others, entry)))
    assert damaged(FOLDERS, renew=True) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b'{"x": 1}',
        b'{"x": {"size": 1}}',
        b"null",
        b'{"x": {"removed": 1, "size": 1}}',
    ],
)
def test_a_damaged_record_says_nothing(made, content):
    (made / "results/pocket/logs/lexicon/clwe.1234/en-de.written.json").write_bytes(content)
    spoil(A, b"")
    assert damaged(FOLDERS, renew=True) == []


def test_folders_are_left_out(made):
    record(LOG, ["results/pocket/lexicons", A])
    spoil(A, b"")
    assert damaged(FOLDERS, renew=True) == [A]


def test_what_was_removed_is_named_until_it_is_made_again(made):
    spoil(A, b"half")
    assert damaged(FOLDERS, renew=True) == [A]
    remove([A], FOLDERS)
    assert not os.path.exists(A) and Path(B).read_text() == CONTENT
    for renew in (True, False, True):  # whatever runs in between
        assert damaged(FOLDERS, renew) == [A]
    Path(A).write_text(CONTENT)
    assert damaged(FOLDERS, renew=True) == []
    os.unlink(A)  # by the user, this time
    assert damaged(FOLDERS, renew=True) == []


def test_what_was_marked_but_not_yet_removed_is_still_damaged(made, monkeypatch):
    spoil(A, b"half")

    def unlink(path, missing_ok=False):
        if str(path) == A:
            raise PermissionError
        path.exists() and os.unlink(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink)
        with pytest.raises(PermissionError):
            remove([A], FOLDERS)
    assert damaged(FOLDERS, renew=False) == [A]
    assert damaged(FOLDERS, renew=True) == [A]


def test_what_another_job_makes_again_is_whole(made):
    remove([A], FOLDERS)
    Path(A).write_text("of another job")
    record("results/pocket/logs/lexicon/single.log", [A])
    assert damaged(FOLDERS, renew=True) == []
    assert damaged(FOLDERS, renew=True) == []


def test_outputs_of_a_job_that_was_killed_are_made_again(made):
    os.unlink(A)  # as is done with all outputs before a job starts
    os.unlink(B)
    forget(LOG)
    forget(LOG)
    Path(B).write_text("written before the end came")
    assert damaged(FOLDERS, renew=True) == [A]
    record(LOG, [B])
    assert damaged(FOLDERS, renew=True) == []


def test_whole_files_of_a_known_date_are_not_read(made, monkeypatch):
    for number in range(20):
        paths = [f"results/pocket/runs/{number}/{seed}.parquet" for seed in range(5)]
        os.makedirs(f"results/pocket/runs/{number}")
        for path in paths:
            Path(path).write_bytes(b"PAR1")
        record(f"results/pocket/logs/rank/{number}.log", paths)
    read, wrote = [], []
    monkeypatch.setattr(written, "sha256", lambda path: read.append(path) or sha256(path))
    monkeypatch.setattr(written, "write_text", lambda path, _: wrote.append(path))
    assert damaged(FOLDERS, renew=True) == []
    assert read == wrote == []
