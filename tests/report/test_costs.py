"""Costs by stage and by system."""

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


def test_a_system_costs_what_it_uses_shared_or_not(tmp_path):
    benchmark(tmp_path, "lexicon/clwe/de", 1)
    benchmark(tmp_path, "lexicon/clwe/it", 2)
    benchmark(tmp_path, "translate/clwe", 4)
    for pair in ("en-de", "ar-it"):
        benchmark(tmp_path, f"training_data/bl-cs.{pair}", 8)
        benchmark(tmp_path, f"encode_training/bl-cs.{pair}", 16)
        for seed in (1, 2, 9):  # 9 is of an older config
            benchmark(tmp_path, f"train/kernel/bl-cs.{pair}/seed{seed}", 32)
            write_text(tmp_path / f"models/kernel/bl-cs.{pair}/seed{seed}/model.safetensors", "x" * 2**20)
        benchmark(tmp_path, f"rank/kernel/bl-cs/seed1/{pair}", 64)
    benchmark(tmp_path, "rank/cosine/cosine/seed0", 5)
    systems = {
        "bl-cs": {
            "ranker": "kernel",
            "data_by_pair": {pair: f"bl-cs.{pair}" for pair in ("en-de", "ar-it")},
            "training": {"lexicon": "clwe"},
        },
        "bl-cs-tt": {"ranker": "kernel", "data": "bl-cs.en-de", "translate": "clwe"},
        "cosine": {"ranker": "cosine"},
        "unused": {"ranker": "other"},
    }
    made = costs.by_system(tmp_path, systems, [1, 2])
    rows = {row[0].text: [entry.text for entry in row[1:]] for row in made["rows"]}
    assert rows == {
        "bl-cs": ["3.0", "48.0", "128.0", "", "128.0", "4", "4.00"],
        "bl-cs-tt": ["3.0", "24.0", "64.0", "4.0", "", "2", "2.00"],
        "cosine": ["", "", "", "", "5.0", "", ""],
    }


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_nothing_there_is_nothing_told(tmp_path, folder):
    assert costs.by_stage(tmp_path / folder) == []
    assert costs.by_system(tmp_path / folder, {"cosine": {"ranker": "cosine"}}, [1]) is None
