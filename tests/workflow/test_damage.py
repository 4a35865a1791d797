"""What is damaged, between one run and the next, is made again by the same command, and nothing else is."""

import os

import pytest

COMMAND = ("--cores", "2")
TOLD = "is not what was written (damaged or edited): "
# What follows from a run and the measures of baselines, from a cell and from the verdicts.
TABLES = {
    "table moir",
    "table clir",
    "table mlir",
    "all_cells",
    "overlap",
    "bias",
    "costs",
    "claims",
    "neighbours",
    "report",
}


@pytest.fixture(scope="module")
def copied(new_copy):
    """A copy of the finished working folder: its results have other dates."""
    workspace = new_copy("damaged")
    for path in workspace.shared.parents[1].rglob("*.parquet"):
        redate(path, 1)
    return workspace


def redate(path, nanoseconds):
    """Let a file, or the link itself, be younger or older."""
    stat = path.lstat()
    times = (stat.st_atime_ns, stat.st_mtime_ns + nanoseconds)
    os.utime(path, ns=times, follow_symlinks=False)


def told(done):
    return sorted(line.partition(": ")[0] for line in done.said.splitlines() if TOLD in line)


def test_another_date_is_no_damage(copied):
    assert copied.run(*COMMAND).nothing_to_do


def test_damaged_results_are_made_again_to_the_byte_and_no_others(copied):
    before, results = copied.contents(), copied.results
    cell = results / "cells" / "zero-shot" / "en-de.json"
    os.truncate(results / "runs" / "cosine" / "seed0" / "en-de.parquet", 0)
    (results / "measures" / "bm25" / "en-en.parquet").write_text("text")
    os.truncate(cell, cell.stat().st_size // 2)
    (results / "claims.json").write_bytes(os.urandom(5000))
    damaged = copied.contents()
    names = [
        "results/pocket/cells/zero-shot/en-de.json",
        "results/pocket/claims.json",
        "results/pocket/measures/bm25/en-en.parquet",
        "results/pocket/runs/cosine/seed0/en-de.parquet",
    ]

    planned = copied.plan()
    assert told(planned) == names and "a run makes it again" in planned.said
    assert copied.contents() == damaged  # a dry run removes nothing

    done = copied.run(*COMMAND)
    assert done.status == 0, done.said
    assert told(done) == names and "Traceback" not in done.said
    assert done.jobs == TABLES | {
        "rank cosine 0", "measure cosine", "cells cosine", "averages cosine",
        "measure bm25", "cells bm25", "averages bm25", "cells zero-shot",
    }  # fmt: skip
    assert copied.contents() == before
    assert copied.run(*COMMAND).nothing_to_do


def test_what_a_run_of_something_else_removed_is_made_again_by_the_next(copied):
    before, name = copied.contents(), "results/pocket/runs/cosine/seed0/en-de.parquet"
    os.truncate(copied.folder / name, 100)
    other = copied.run(*COMMAND, "results/pocket/measures/bm25/en-en.parquet")
    assert other.status == 0 and told(other) == [name] and not (copied.folder / name).exists()
    assert "rank cosine 0" in copied.plan().jobs
    assert copied.run(*COMMAND).status == 0
    assert copied.contents() == before
    assert copied.run(*COMMAND).nothing_to_do


@pytest.mark.parametrize("pattern", ["lexicons/titles.*/en-de.tsv", "corpus/stats.json"])
def test_what_experiments_share_is_made_again_where_it_is_asked_for(copied, pattern):
    path = copied.named(pattern)
    name, before = str(path.relative_to(copied.folder)), path.read_bytes()
    path.write_text("source\ttarget\tscore\nred\trot\t1\n")
    done = copied.run(*COMMAND, name)
    assert done.status == 0, done.said
    assert told(done) == [name]
    assert len(done.jobs) == 1
    assert path.read_bytes() == before
