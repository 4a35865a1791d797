"""A whole run, and a cell by name."""

import json
import re
import shutil
import subprocess

import ir_measures
import pandas as pd
import pytest
from scipy import stats

from switchrank.tasks.ranking import reciprocal_ranks

PAIRS = ("en-en", "de-de", "en-de", "en-xx6")
GROUPS = ("moir", "clir", "mlir")
WHOLE = ("cosine", "zero-shot", "ml-cs", "wiki-cs", "ml-cs-tt", "ml-cs-shuffled", "ml-cs-own")
NAMES = {
    "bm25": {"en-en", "de-de", "moir"},
    "fine-tune": {"en-en", "en-de", "clir"},  # asked for on these pairs
    "bl-cs": {"de-de", "en-de", "en-xx6", "clir", "mlir"},  # there is none for en-en
    **{system: {*PAIRS, *GROUPS} for system in WHOLE},
}
OWN = "ml-cs.own.p1.00.dynamic6"
SWITCHED = ("ml-cs.clwe.p0.50", "ml-cs.clwe-shuffled.p0.50", "ml-cs.titles.p1.00", OWN)
# With German alone to switch into, bl-cs on de-de is ml-cs, and not trained again.
OF_PAIRS = ("bl-cs.clwe.p0.50.en-de", "bl-cs.clwe.p0.50.en-xx6", "fine-tune.en-de")
KEYS_OF_AVERAGE = {
    "system", "setting", "group", "metric", "mean", "per_seed", "interval", "standard_error", "queries",
    "ceiling", "distinct", "versus", "provenance", "pairs",
}  # fmt: skip
KEYS_OF_COMPARISON = {
    "difference", "interval", "p", "p_randomisation", "effect_size", "wins", "ties", "losses",
    "standard_error",
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
            assert all(set(versus) == KEYS_OF_COMPARISON for versus in cell["versus"].values())
            assert cell["provenance"]["rebuild"].endswith(f"results/pocket/cells/{system}/{name}.json")
            if name not in GROUPS:
                assert f"{cell['query_language']}-{cell['document_language']}" == name
    compared = json.loads((finished.results / "cells" / "ml-cs" / "en-de.json").read_text())
    assert (compared["setting"], compared["group"]) == ("clir", "clir")
    assert set(compared["versus"]) == {"zero-shot"}
    assert set(compared["per_seed"]) == {"1"}
    assert compared["queries"] >= 10


def test_one_model_for_each_recipe_and_seed(finished):
    kernel = finished.results / "models" / "kernel"
    models = {kernel / data / "seed1" / "model.safetensors" for data in ("en-en", *SWITCHED, *OF_PAIRS)}
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
        "train kernel en-en 1",
        "rank_kernel kernel zero-shot 1",
        "measure zero-shot",
        "cells zero-shot",
    }


def test_a_cell_of_a_system_with_a_model_for_each_pair_needs_one_model(new_workspace, assets):
    planned = new_workspace("one-pair").plan("results/pocket/cells/bl-cs/en-de.json")
    own = {job for job in planned.jobs if "bl-cs" in job}
    assert own == {
        "training_data bl-cs.clwe.p0.50.en-de",
        "encode_training bl-cs.clwe.p0.50.en-de",
        "train kernel bl-cs.clwe.p0.50.en-de 1",
        "rank_pair kernel bl-cs 1 en-de",
        "measure_pair bl-cs en-de",
        "cell_of_pair bl-cs en-de",
    }
    assert {job for job in planned.jobs if job.startswith("train ")} == {
        "train kernel bl-cs.clwe.p0.50.en-de 1",
        "train kernel en-en 1",  # of zero-shot, which it is compared with
    }


def test_report_is_one_page_that_needs_no_network(finished):
    page = (finished.results / "report.html").read_text()
    assert page.rstrip().endswith("</html>")
    assert not re.search(r"""(?:src=|<link[^>]*href=|url\()["']?(?:https?:)?//""", page)
    assert all(system in page for system in NAMES)


def rr_of(workspace, system, ranker, seed, pair):
    """RR@10 of each test query, from a run and the qrels alone."""
    run = pd.read_parquet(workspace.results / "runs" / ranker / system / f"seed{seed}" / f"{pair}.parquet")
    qrels = pd.read_parquet(workspace.results / "corpus" / "qrels.parquet")
    return reciprocal_ranks(run, qrels, sorted(run["query_id"].unique()))


def test_p_values_of_the_tables_come_from_the_runs_by_plain_scipy(finished):
    table = pd.read_csv(finished.results / "tables" / "moir.tests.csv").set_index(["system", "column"])
    ours, theirs = (rr_of(finished, system, "kernel", 1, "de-de") for system in ("wiki-cs", "zero-shot"))
    shown = table.loc[("wiki-cs", "de-de")]
    assert shown["p_t"] == pytest.approx(stats.ttest_rel(ours, theirs).pvalue, rel=1e-5)
    assert shown["difference"] == pytest.approx(100 * (ours - theirs).mean(), rel=1e-5)
    assert shown["family"] == table.drop(index="average", level="column").shape[0]


def test_any_two_systems_are_compared_by_file_name(finished):
    target = "results/pocket/comparisons/ml-cs-tt.vs.wiki-cs.csv"
    done = finished.run("--cores", "1", target)
    assert done.jobs == {"comparison ml-cs-tt wiki-cs"}, done.said
    table = pd.read_csv(finished.folder / target).set_index("column")
    assert list(table.index) == [*PAIRS, *(f"average of {group}" for group in GROUPS)]
    ours, theirs = (rr_of(finished, system, "kernel", 1, "en-de") for system in ("ml-cs-tt", "wiki-cs"))
    assert table.loc["en-de", "p_t"] == pytest.approx(stats.ttest_rel(ours, theirs).pvalue, rel=1e-5)


def test_exported_runs_have_the_same_mrr_elsewhere(finished):
    run, qrels = "results/pocket/trec/ml-cs/seed1/en-de.run", "results/pocket/trec/qrels.txt"
    done = finished.run("--cores", "1", run, qrels)
    assert done.status == 0, done.said
    read = (
        list(ir_measures.read_trec_qrels(str(finished.folder / qrels))),
        list(ir_measures.read_trec_run(str(finished.folder / run))),
    )
    found = ir_measures.calc_aggregate([ir_measures.RR @ 10], *read)[ir_measures.RR @ 10]
    cell = json.loads((finished.results / "cells" / "ml-cs" / "en-de.json").read_text())
    assert found == pytest.approx(cell["mean"], abs=1e-12)


def test_a_cell_that_cannot_exist_is_told_from_one_that_was_not_asked_for(finished):
    lines = (finished.results / "tables" / "moir.csv").read_text().splitlines()
    header = lines[0].split(",")
    rows = {line.split(",")[0]: dict(zip(header, line.split(","), strict=True)) for line in lines[1:]}
    assert (rows["bl-cs"]["en-en"], rows["fine-tune"]["de-de"]) == ("n/a", "")


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is missing: see tests/install-tex.sh")
def test_the_tables_compile_as_latex(finished, tmp_path):
    tables = sorted((finished.results / "tables").glob("*.tex"))
    assert {table.stem for table in tables} == {*GROUPS, "ratio", "lexicons"}
    inputs = "\n".join(rf"\input{{{table}}}" for table in tables)
    packages = r"\usepackage{booktabs}\usepackage{graphicx}"
    document = rf"\documentclass{{article}}{packages}\begin{{document}}{inputs}\end{{document}}"
    (tmp_path / "all.tex").write_text(document)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "all.tex"]
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:]


def test_every_claim_has_a_verdict_with_figures(finished):
    claims = pd.read_csv(finished.results / "claims.csv").set_index("id")
    assert list(claims.index) == list(range(1, 16))
    verdicts = {"supported", "contradicted", "undecided", "not testable here"}
    assert set(claims["verdict"]) <= verdicts and claims["figures"].notna().all()
    assert claims.loc[6, "verdict"] == "not testable here"  # no Arabic queries here
    assert claims.loc[15, "verdict"] != "not testable here"


def test_all_cells_are_in_one_file(finished):
    cells = pd.read_parquet(finished.results / "cells.parquet")
    assert set(zip(cells["system"], cells["name"], strict=True)) == {
        (system, name) for system, names in NAMES.items() for name in names
    }


def test_translate_test_changes_the_texts_of_both_sides(finished):
    for name, side in (("queries", "query_id"), ("passages", "passage_id")):
        before, after = (
            pd.read_parquet(finished.results / folder / "de" / f"{name}.parquet").set_index(side)["text"]
            for folder in ("corpus", "translated/clwe")
        )
        assert (before != after).mean() > 0.3
        english = [
            finished.results / folder / "en" / f"{name}.parquet" for folder in ("corpus", "translated/clwe")
        ]
        assert pd.read_parquet(english[0]).equals(pd.read_parquet(english[1]))
