"""A whole run, and a cell by name."""

import json
import re

PAIRS = ("en-en", "de-de", "en-de")
GROUPS = ("moir", "clir")
NAMES = {
    "bm25": {"en-en", "de-de", "moir"},
    **{system: {*PAIRS, *GROUPS} for system in ("cosine", "zero-shot", "ml-cs")},
}
KEYS_OF_AVERAGE = {
    "system", "setting", "group", "metric", "mean", "per_seed", "interval", "queries", "ceiling", "distinct",
    "versus", "provenance", "pairs",
}  # fmt: skip
KEYS_OF_PAIR = KEYS_OF_AVERAGE - {"pairs"} | {"query_language", "document_language"}


def test_every_system_has_its_cells_and_no_others(finished):
    found = {}
    for path in (finished.results / "cells").rglob("*.json"):
        found.setdefault(path.parent.name, set()).add(path.stem)
    assert found == NAMES


def test_cells_hold_what_the_figures_are_judged_by(finished):
    for system, names in NAMES.items():
        for name in names:
            cell = json.loads((finished.results / "cells" / system / f"{name}.json").read_text())
            assert set(cell) == (KEYS_OF_AVERAGE if name in GROUPS else KEYS_OF_PAIR)
            assert (cell["system"], cell["metric"]) == (system, "MRR@10")
            assert 0 <= cell["interval"][0] <= cell["mean"] <= cell["interval"][1] <= 1
            assert cell["mean"] <= cell["ceiling"] <= 1
            assert set(cell["distinct"]) == {"queries", "mean"}
            assert all(set(versus) == {"difference", "interval", "p"} for versus in cell["versus"].values())
            if name not in GROUPS:
                assert f"{cell['query_language']}-{cell['document_language']}" == name
    compared = json.loads((finished.results / "cells" / "ml-cs" / "en-de.json").read_text())
    assert (compared["setting"], compared["group"]) == ("clir", "clir")
    assert set(compared["versus"]) == {"zero-shot"}
    assert set(compared["per_seed"]) == {"1"}
    assert compared["queries"] >= 10


def test_one_model_for_each_recipe_and_seed(finished):
    kernel = finished.results / "models" / "kernel"
    models = {kernel / data / "seed1" / "model.safetensors" for data in ("en-en", "ml-cs.clwe.p0.50")}
    assert set(finished.results.rglob("model.*")) == models


def test_every_job_leaves_log_and_benchmark(finished):
    jobs = finished.first_run.jobs
    assert len(list((finished.results / "benchmarks").rglob("*.tsv"))) == len(jobs)
    assert len(list((finished.folder / "logs").rglob("*.log"))) == len(jobs)


def test_a_run_leaves_nothing_beside_its_results(finished):
    assert not [path for path in finished.results.rglob(".*") if path.name != ".snakemake_timestamp"]
    assert not list((finished.results / "checkpoints").rglob("*.safetensors"))


def test_second_run_finds_nothing_to_do(finished):
    done = finished.run("--cores", "2")
    assert done.nothing_to_do, done.said


def test_a_cell_by_name_needs_its_own_system_and_what_that_is_compared_with(new_workspace, assets):
    planned = new_workspace("named").plan("results/pocket/cells/zero-shot/en-de.json")
    assert planned.jobs == {
        "corpus",
        "bm25",
        "encode_corpus",
        "candidates",
        "training_data en-en",
        "encode_training en-en",
        "train kernel en-en 1",
        "rank_kernel kernel zero-shot 1",
        "rank_cosine cosine cosine 0",
        "cells zero-shot",
    }


def test_report_is_one_page_that_needs_no_network(finished):
    page = (finished.results / "report.html").read_text()
    assert page.rstrip().endswith("</html>")
    assert not re.search(r"""(?:src=|<link[^>]*href=|url\()["']?(?:https?:)?//""", page)
    assert all(system in page for system in NAMES)
