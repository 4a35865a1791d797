"""What systems and stages take, from benchmarks on files."""

import pandas as pd
import pytest

from switchrank.analyses.costs import by_stage, by_system
from switchrank.errors import UserError


@pytest.fixture
def benchmark(tmp_path):
    def write(name, seconds, rss=100):
        path = tmp_path / name
        path.write_text(f"s\th:m:s\tmax_rss\n{seconds}\t0:00:00\t{rss}\n", encoding="utf-8")
        return str(path)

    return write


def test_costs_are_of_one_seed_and_what_is_missing_is_blank(benchmark, tmp_path):
    model = tmp_path / "model.safetensors"
    model.write_bytes(b"x" * 1_500_000)
    whole = {
        "pairs": 18,
        "of": 20,
        "ranked": 36,
        "by_pair": False,
        "models": [str(model)],
        "lexicons": [benchmark("a.tsv", 1), benchmark("b.tsv", 2)],
        "data": {1: [benchmark("d1.tsv", 4), benchmark("e1.tsv", 1)], 2: [benchmark("d2.tsv", 3)]},
        "training": {1: [benchmark("seed1.tsv", 20)], 2: [benchmark("seed2.tsv", 30)]},
        "translation": [],
        "ranking": {1: [benchmark("r1.tsv", 5)], 2: [benchmark("r2.tsv", 7)]},
    }
    plain = {
        "pairs": 12,
        "of": 12,
        "ranked": 12,
        "by_pair": False,
        "models": [],
        "lexicons": [],
        "data": {0: []},
        "training": {0: []},
    }
    plain |= {"translation": [], "ranking": {0: [str(tmp_path / "none.tsv")]}}
    costs = by_system({"ml-cs": whole, "bm25": plain}).set_index("system")
    assert costs.loc["ml-cs"].to_dict() == {
        "pairs": 18, "of": 20, "by_pair": False, "models": 1, "megabytes": 1.5,
        "lexicons": 3, "data": 4, "training": 25, "translation": 0, "ranking": 3,  # half of the pairs ranked
        "spread": pytest.approx(9 / 2**0.5),  # of 27.5 and 36.5 seconds
    }  # fmt: skip
    assert costs.loc["bm25", "training"] == 0
    assert costs.loc["bm25", ["ranking", "spread"]].isna().all()


def test_there_is_no_spread_of_one_seed_nor_where_a_time_is_missing(benchmark, tmp_path):
    one = {
        "pairs": 1,
        "of": 1,
        "ranked": 1,
        "by_pair": False,
        "models": [],
        "lexicons": [],
        "translation": [],
        "data": {1: []},
        "training": {1: []},
    }
    one |= {"ranking": {1: [benchmark("r1.tsv", 5)]}}
    lacking = one | {name: {1: [], 2: []} for name in ("data", "training")}
    lacking |= {"ranking": {1: [benchmark("r2.tsv", 5)], 2: [str(tmp_path / "none.tsv")]}}
    costs = by_system({"one": one, "lacking": lacking}).set_index("system")
    assert costs["spread"].isna().all()
    assert costs.loc["one", "ranking"] == 5 and pd.isna(costs.loc["lacking", "ranking"])


def test_stages_dearest_first(benchmark, tmp_path):
    stages = {
        "corpus": [benchmark("c.tsv", "NA", "NA")],
        "train": [benchmark("t1.tsv", 4, 900), benchmark("t2.tsv", 5, 800), str(tmp_path / "none.tsv")],
        "claims": [str(tmp_path / "none.tsv")],
    }
    train, corpus = by_stage(stages).to_dict("records")
    assert train == {"stage": "train", "jobs": 2, "seconds": 9, "longest": 5, "rss": 900}
    assert (corpus["stage"], corpus["jobs"], corpus["seconds"]) == ("corpus", 1, 0)
    assert pd.isna(corpus["rss"])


@pytest.mark.parametrize("size", range(45))
def test_a_benchmark_that_was_cut_is_no_measure(tmp_path, size):
    path, whole = tmp_path / "x.tsv", "s\th:m:s\tmax_rss\n123.4\t0:02:03\t5678.9\n"
    path.write_text(whole[: min(size, len(whole) - 1)])
    with pytest.raises(UserError, match=r"x\.tsv: damaged \("):
        by_stage({"train": [path]})
