"""The slice with a collection and a ranker that the library does not know, from another package.

Languages are tags of any kind, the source language is not English, ids are not parallel, qrels are graded,
and candidates differ by pair.
"""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

ENTRY_POINTS = """
[switchrank.collections]
toy = toys:Shelves

[switchrank.rankers]
toy = toys:Letters
"""
CONFIG = """
collection: {kind: toy, queries: 16}
name: toys
languages: [de, zh-Hans, sr-Latn]
source_language: de
seeds: 2
metrics: [nDCG@10, MRR@10]
mixed: {xx3: [zh-Hans, de, sr-Latn]}
systems:
  plain: {ranker: toy, training: {data: source}}
  by-pair: {ranker: toy, training: {data: fine-tune}, pairs: [clir], versus: [plain]}
pairs:
  moir: [de-de, zh-Hans-zh-Hans]
  clir: [de-zh-Hans, zh-Hans-sr-Latn]
  mlir: [de-xx3]
"""


@pytest.fixture(scope="module")
def toys(new_workspace, tmp_path_factory):
    """A working folder in which everything was made with the toys."""
    package = tmp_path_factory.mktemp("package")
    shutil.copy2(Path(__file__).with_name("toys.py"), package)
    about = package / "toys-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: toys\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(ENTRY_POINTS)
    workspace = new_workspace("toys", linked=False)
    workspace.config = CONFIG
    workspace.environment = {"PYTHONPATH": str(package)}
    workspace.first_run = workspace.run("--cores", "2")
    assert workspace.first_run.status == 0, workspace.first_run.said
    return workspace


def test_every_cell_is_there(toys):
    cells = {
        f"{path.parent.name}/{path.stem}": json.loads(path.read_text())
        for path in (toys.folder / "results" / "toys" / "cells").rglob("*.json")
    }
    pairs = ["de-de", "zh-Hans-zh-Hans", "de-zh-Hans", "zh-Hans-sr-Latn", "de-xx3"]
    expected = {f"plain/{name}" for name in [*pairs, "moir", "clir", "mlir"]}
    assert set(cells) == expected | {"by-pair/de-zh-Hans", "by-pair/zh-Hans-sr-Latn", "by-pair/clir"}
    for cell in cells.values():
        assert cell["metric"] == "nDCG@10" and set(cell["metrics"]) == {"MRR@10"}
        assert set(cell["per_seed"]) == {"1", "2"}
    assert cells["plain/zh-Hans-sr-Latn"]["query_language"] == "zh-Hans"
    assert cells["plain/moir"]["queries"] == 8  # four of each language, as ids are not parallel


def test_candidates_differ_by_pair(toys):
    runs = toys.folder / "results" / "toys" / "runs" / "plain" / "seed1"
    depth = {
        pair: pd.read_parquet(runs / f"{pair}.parquet").groupby("query_id").size().max()
        for pair in ("de-de", "de-zh-Hans")
    }
    assert depth == {"de-de": 16, "de-zh-Hans": 8}


def test_nothing_of_english_or_of_other_kinds_was_needed(toys):
    assert not (toys.folder / "resources").exists()
    assert not [
        job for job in toys.first_run.jobs if job.split()[0] in ("asset", "encode", "bm25", "lexicon")
    ]


def test_a_second_run_finds_nothing_to_do(toys):
    assert toys.run("--cores", "2").nothing_to_do


def test_the_command_line_may_change_the_config(toys):
    cell = "results/one-seed/cells/plain/de-de.json"
    done = toys.run("--cores", "2", cell, "--config", "seeds=[2]", "name=one-seed", "metrics=[MRR@10]")
    assert done.status == 0, done.said
    made = json.loads((toys.folder / cell).read_text())
    assert set(made["per_seed"]) == {"2"} and made["metric"] == "MRR@10"
    assert "--config 'seeds=[2]' name=one-seed 'metrics=[MRR@10]'" in made["provenance"]["rebuild"]
