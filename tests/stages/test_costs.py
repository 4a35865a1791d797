"""What systems take, from benchmarks on files."""

import pandas as pd
import pytest

from switchrank.files import write_text
from switchrank.stages.costs import measure_costs

HEADER = "s\th:m:s\tmax_rss\n"


def test_costs_are_of_one_seed_and_what_is_missing_is_blank(tmp_path):
    def benchmark(name, seconds):
        write_text(tmp_path / name, f"{HEADER}{seconds}\t0:00:00\t100\n")
        return str(tmp_path / name)

    model = tmp_path / "model.safetensors"
    model.write_bytes(b"x" * 1_500_000)
    whole = {
        "pairs": 36,
        "seeds": 2,
        "models": [str(model)],
        "lexicons": [benchmark("a.tsv", 1), benchmark("b.tsv", 2)],
        "data": [benchmark("c.tsv", 4)],
        "training": [benchmark("seed1.tsv", 20), benchmark("seed2.tsv", 30)],
        "translation": [],
        "ranking": [benchmark("r1.tsv", 5), benchmark("r2.tsv", 7)],
    }
    plain = {"pairs": 12, "seeds": 1, "models": [], "lexicons": [], "data": [], "training": []}
    plain |= {"translation": [], "ranking": [str(tmp_path / "none.tsv")]}
    measure_costs({"ml-cs": whole, "bm25": plain}, tmp_path / "costs.csv")
    found = pd.read_csv(tmp_path / "costs.csv", index_col="system")
    assert found.loc["ml-cs"].to_dict() == {
        "pairs": 36, "models": 1, "megabytes": 1.5,
        "lexicons": 3, "data": 4, "training": 25, "translation": 0, "ranking": 6,
    }  # fmt: skip
    assert found.loc["bm25", "training"] == 0 and pd.isna(found.loc["bm25", "ranking"])
    assert found.loc["ml-cs", "lexicons"] == pytest.approx(3)
