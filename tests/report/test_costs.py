"""Costs by stage and by system."""

import pandas as pd
import pytest

from switchrank.files import write_text
from switchrank.report import costs

HEADER = "s\th:m:s\tmax_rss\n"


def benchmark(results, name, seconds, rss="100"):
    write_text(results / "benchmarks" / f"{name}.tsv", f"{HEADER}{seconds}\t0:00:00\t{rss}\n")


def test_costs_are_summed_by_stage_and_unmeasured_memory_is_nothing(tmp_path):
    benchmark(tmp_path, "corpus", 0.5, "NA")
    benchmark(tmp_path, "train/kernel/seed1", 20.0, "512.5")
    benchmark(tmp_path, "train/kernel/seed2", 22.0, "-")
    train, corpus = costs.by_stage(tmp_path / "benchmarks")
    assert train == {"stage": "train", "jobs": 2, "seconds": 42.0, "longest": 22.0, "rss": 512.5}
    assert (corpus["stage"], corpus["seconds"]) == ("corpus", 0.5)
    assert corpus["rss"] != corpus["rss"]


def test_the_systems_in_a_table_with_blanks_for_what_they_do_not_have():
    columns = ["system", "pairs", "models", "megabytes", "training", "ranking"]
    frame = pd.DataFrame([("ml-cs", 36, 1, 0.26, 20.0, 15.5), ("bm25", 12, 0, 0, 0, None)], columns=columns)
    made = costs.by_system(frame)
    assert made["columns"] == ["system", "pairs", "training, s", "ranking, s", "models", "their size, MB"]
    rows = {row[0].text: [entry.text for entry in row[1:]] for row in made["rows"]}
    assert rows == {"ml-cs": ["36", "20.0", "15.5", "1", "0.26"], "bm25": ["12", "", "", "", ""]}


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_nothing_there_is_nothing_told(tmp_path, folder):
    assert costs.by_stage(tmp_path / folder) == []
