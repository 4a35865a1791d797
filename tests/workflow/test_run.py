"""A whole run, and a cell by name."""

import json
import os
import re
import shutil
import subprocess
import sys

import ir_measures
import pandas as pd
import pytest
from scipy import stats

from switchrank.claims.verdicts import VERDICTS
from switchrank.collections.base import Corpus, read_texts
from switchrank.collections.ids import joint_id
from switchrank.tasks.ranking import measure
from switchrank.views.masking import words_of

PAIRS = ("en-en", "de-de", "en-de", "en-xx6")
GROUPS = ("moir", "clir", "mlir")
WHOLE = ("cosine", "zero-shot", "ml-cs", "wiki-cs", "ml-cs-tt", "ml-cs-chosen", "ml-cs-shuffled", "ml-cs-own")
NAMES = {
    "bm25": {"en-en", "de-de", "moir"},
    "fine-tune": {"en-en", "en-de", "clir"},  # asked for on these pairs
    "whole-texts": {"en-de", "clir"},
    "bl-cs": {"de-de", "en-de", "en-xx6", "clir", "mlir"},  # there is none for en-en
    "zero-shot-masked": {"en-en", "de-de", "en-de", "moir", "clir"},
    **{system: {*PAIRS, *GROUPS} for system in WHOLE},
}
OWN = "ml-cs.own.p1.00.dynamic6"
SWITCHED = ("ml-cs.clwe.p0.50", "ml-cs.clwe-shuffled.p0.50", "ml-cs.titles.p1.00", OWN)
# With German alone to switch into, bl-cs on de-de is ml-cs, and not trained again.
OF_PAIRS = ("bl-cs.clwe.p0.50.en-de", "bl-cs.clwe.p0.50.en-xx6", "fine-tune.en-de")
KEYS_OF_AVERAGE = {
    "system", "setting", "group", "metric", "mean", "per_seed", "interval", "standard_error", "queries",
    "ceiling", "distinct", "versus", "metrics", "provenance", "pairs",
}  # fmt: skip
KEYS_OF_COMPARISON = {
    "difference", "interval", "p", "detectable", "p_t", "p_randomisation", "effect_size", "wins", "ties",
    "losses", "standard_error",
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


def test_cells_say_where_they_come_from(finished):
    cell = json.loads((finished.results / "cells" / "ml-cs" / "en-de.json").read_text())
    origin = cell["provenance"]
    assert set(origin["packages"]) >= {"numpy", "torch", "ranx", "snakemake"}
    assert {pin["licence"] for pin in origin["data"].values()} >= {"Unicode-3.0", "ISC", "Apache-2.0"}
    assert "results/pocket/measures/ml-cs/en-de.parquet" in origin["inputs"]
    assert origin["processor"]["architecture"] and origin["python"] and "commit" in origin


def test_verify_finds_what_no_longer_matches(finished):
    command = [sys.executable, "-m", "switchrank", "verify", "results/pocket/cells/ml-cs"]
    environment = os.environ | {"PYTHONPATH": str(finished.sources / "workflow")}
    run = {"cwd": finished.folder, "env": environment, "capture_output": True, "text": True, "check": False}
    done = subprocess.run(command, **run)
    assert (done.returncode, done.stdout) == (0, "7 results match\n"), done.stdout + done.stderr
    measures = finished.results / "measures" / "ml-cs" / "en-de.parquet"
    whole, times = measures.read_bytes(), measures.stat()
    try:
        measures.write_bytes(whole + b"?")
        done = subprocess.run(command, **run)
    finally:
        measures.write_bytes(whole)
        os.utime(measures, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert done.returncode == 1
    assert "measures/ml-cs/en-de.parquet" in done.stdout


def test_one_model_for_each_recipe_and_seed(finished):
    models = [path.relative_to(finished.shared / "models") for path in finished.shared.rglob("model.*")]
    expected = {
        f"kernel/{data}/seed1/model.safetensors"
        for data in ("en-en", "whole-texts.p0.50", *SWITCHED, *OF_PAIRS)
    }
    chosen = ("kernel-short", "kernel-chosen")
    expected |= {f"{ranker}/{SWITCHED[0]}/seed1/model.safetensors" for ranker in chosen}
    assert {re.sub(r"\.[0-9a-f]{8}/", "/", str(path)) for path in models} == expected
    assert len(models) == len(expected)


def test_the_ranker_that_is_better_on_dev_is_chosen(finished):
    folders = {
        ranker: finished.named(f"models/{ranker}.*/{SWITCHED[0]}.*") for ranker in ("kernel", "kernel-short")
    }
    reached = {
        ranker: pd.read_csv(folder / "seed1" / "log.csv")["dev_mrr"].iloc[-1]
        for ranker, folder in folders.items()
    }
    copied = finished.named(f"models/kernel-chosen.*/{SWITCHED[0]}.*")
    choice = json.loads((copied / "choice.json").read_text())
    assert {name: of["mean"] for name, of in choice["rankers"].items()} == pytest.approx(reached)
    assert choice["chosen"] == max(reached, key=reached.get)
    for name in ("model.safetensors", "config.json", "log.csv"):
        original = folders[choice["chosen"]] / "seed1" / name
        assert (copied / "seed1" / name).read_bytes() == original.read_bytes()


def test_a_cell_without_what_was_seen_in_training_is_made_by_file_name(finished):
    names = [f"results/pocket/without_training_passages/ml-cs/{name}.json" for name in ("en-de", "moir")]
    done = finished.run("--cores", "1", *names)
    assert done.jobs == {"unseen_cell ml-cs en-de", "unseen_cell ml-cs moir"}, done.said
    pair, average = (json.loads((finished.folder / name).read_text()) for name in names)
    assert (set(pair), set(average)) == (KEYS_OF_PAIR, KEYS_OF_AVERAGE)
    corpus = Corpus.read(finished.shared / "corpus")
    seen = corpus.ids("passage", "train")
    ours, theirs = (
        measure(run[~run["passage_id"].isin(seen)], corpus.qrels, corpus.ids("query", "test"), ["MRR@10"])
        for run in (run_of(finished, system, 1, "en-de") for system in ("ml-cs", "zero-shot"))
    )
    assert pair["mean"] == pytest.approx(ours["MRR@10"].mean())
    difference = (ours - theirs)["MRR@10"]
    assert pair["versus"]["zero-shot"]["difference"] == pytest.approx(difference.mean())
    assert pair["mean"] <= pair["ceiling"] <= 1
    assert pair["provenance"]["without"] == "passages of the training split"
    assert pair["provenance"]["rebuild"].endswith(names[0])
    assert {"results/pocket/runs/zero-shot/seed1/en-de.parquet"} < pair["provenance"]["inputs"].keys()
    whole = json.loads((finished.results / "cells" / "ml-cs" / "en-de.json").read_text())
    assert whole["mean"] <= pair["mean"]  # with less in the way


def test_every_job_leaves_log_and_benchmark(finished):
    for suffix in ("log", "tsv"):
        files = [
            path for folder in (finished.results, finished.shared) for path in folder.rglob(f"*.{suffix}")
        ]
        jobs = [path for path in files if {"logs", "benchmarks"} & set(path.parts)]
        jobs = [path for path in jobs if "unseen_cell" not in path.parts]  # another test asks for these
        assert len(jobs) == len(finished.first_run.jobs)
    assert not (finished.folder / "logs").exists()


def test_a_run_leaves_nothing_beside_its_results(finished):
    folders = (finished.results, finished.shared)
    hidden = [path for folder in folders for path in folder.rglob(".*")]
    assert not [path for path in hidden if path.name != ".snakemake_timestamp"]
    assert not list(finished.shared.rglob("checkpoints/**/*.safetensors"))


def test_second_run_finds_nothing_to_do(finished):
    done = finished.run("--cores", "2")
    assert done.nothing_to_do, done.said


def test_a_cell_by_name_needs_its_own_system_and_what_that_is_compared_with(new_workspace, assets):
    planned = new_workspace("named").plan("results/pocket/cells/zero-shot/en-de.json")
    assert planned.jobs == {
        "corpus",
        "bm25",
        *(
            f"encode collection {language}" for language in ("en", "de", "it", "nl", "ru", "ar")
        ),  # for the IDF
        "idf",
        "candidates",
        "training_data en-en 1",
        "train kernel en-en 1",
        "rank zero-shot 1 en-de",
        "measure zero-shot en-de",
        "cells zero-shot en-de",
    }


def test_a_cell_of_a_system_with_a_model_for_each_pair_needs_one_model(new_workspace, assets):
    planned = new_workspace("one-pair").plan("results/pocket/cells/bl-cs/en-de.json")
    own = {job for job in planned.jobs if "bl-cs" in job}
    assert own == {
        "training_data bl-cs.clwe.p0.50.en-de 1",
        "encode training/bl-cs.clwe.p0.50.en-de/seed1 en",
        "train kernel bl-cs.clwe.p0.50.en-de 1",
        "rank bl-cs 1 en-de",
        "measure bl-cs en-de",
        "cells bl-cs en-de",
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


def run_of(workspace, system, seed, pair):
    return pd.read_parquet(workspace.results / "runs" / system / f"seed{seed}" / f"{pair}.parquet")


def rr_of(workspace, system, seed, pair):
    """RR@10 of each test query, from a run and the qrels alone."""
    run = run_of(workspace, system, seed, pair)
    qrels = Corpus.read(workspace.shared / "corpus").qrels
    return measure(run, qrels, sorted(run["query_id"].unique()), ["MRR@10"])["MRR@10"]


def test_p_values_of_the_tables_come_from_the_runs_by_plain_scipy(finished):
    table = pd.read_csv(finished.results / "tables" / "moir.tests.csv").set_index(["system", "column"])
    ours, theirs = (rr_of(finished, system, 1, "de-de") for system in ("wiki-cs", "zero-shot"))
    shown = table.loc[("wiki-cs", "de-de")]
    assert shown["p_t"] == pytest.approx(stats.ttest_rel(ours, theirs).pvalue, rel=1e-5)
    assert shown["difference"] == pytest.approx(100 * (ours - theirs).mean(), rel=1e-5)
    assert shown["p"] == pytest.approx(shown["p_t"], rel=1e-5)  # with one seed, they are the same
    assert (shown["family"], shown["family_size"]) == ("wiki-cs, moir", len(PAIRS[:2]))
    averages = [system for system, names in NAMES.items() for name in names if name in GROUPS]
    tested = [system for system in averages if system != "zero-shot"]  # which is tested against none
    assert table.loc[("wiki-cs", "average"), "family_size"] == len(tested)


def test_neighbours_in_the_ranking_are_systems_with_the_average(finished):
    table = pd.read_parquet(finished.results / "analyses" / "neighbours.parquet")
    for group, of_group in table.groupby("group"):
        ranked = [*of_group["system"], of_group["next_system"].iloc[-1]]
        assert set(ranked) == {system for system, names in NAMES.items() if group in names}
        assert of_group["mean"].is_monotonic_decreasing


def test_any_two_systems_are_compared_by_file_name(finished):
    target = "results/pocket/comparisons/ml-cs-tt.vs.wiki-cs.csv"
    done = finished.run("--cores", "1", target)
    assert done.jobs == {"comparison ml-cs-tt wiki-cs"}, done.said
    table = pd.read_csv(finished.folder / target).set_index("column")
    assert list(table.index) == [*PAIRS, *(f"average of {group}" for group in GROUPS)]
    ours, theirs = (rr_of(finished, system, 1, "en-de") for system in ("ml-cs-tt", "wiki-cs"))
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
    assert set(claims["verdict"]) <= {*VERDICTS} and claims["figures"].notna().all()
    assert claims.loc[6, "verdict"] == "not testable here"  # no Arabic queries here
    assert claims.loc[15, "verdict"] != "not testable here"


def test_all_cells_are_in_one_file(finished):
    cells = pd.read_parquet(finished.results / "cells.parquet")
    assert set(zip(cells["system"], cells["name"], strict=True)) == {
        (system, name) for system, names in NAMES.items() for name in names
    }


def test_translate_test_changes_the_texts_of_both_sides(finished):
    corpus = finished.shared / "corpus"
    translated = Corpus.read(corpus, finished.named("translated/clwe.*"))
    for kind in ("query", "passage"):
        before = Corpus.read(corpus)
        assert (before.texts(kind, "de") != translated.texts(kind, "de")).mean() > 0.3
        assert before.texts(kind, "en").equals(translated.texts(kind, "en"))


def test_masked_passages_lose_what_they_share_and_are_ranked_in_their_place(finished):
    corpus, masked = Corpus.read(finished.shared / "corpus"), finished.named("masked/en-en.*")
    queries, passages = corpus.queries("en"), corpus.passages("en")
    left = read_texts(masked, "en", "passage")
    for name, text in left.items():
        query, passage = json.loads(name)
        shared = words_of(queries[query], "en") & words_of(passages[passage], "en")
        assert shared and shared.isdisjoint(words_of(text, "en"))
    ours, theirs = (
        pd.read_parquet(finished.results / "runs" / system / "seed1" / "en-en.parquet")
        for system in ("zero-shot-masked", "zero-shot")
    )
    assert ours[["query_id", "passage_id"]].equals(theirs[["query_id", "passage_id"]])
    names = pd.Series(list(map(joint_id, ours["query_id"], ours["passage_id"])))
    changed = ours["score"] != theirs["score"]
    assert set(names[changed]) <= set(left.index) and changed.sum() > 0.9 * len(left) > 0


def test_every_metric_is_in_cells_and_tables(finished):
    cell = json.loads((finished.results / "cells" / "ml-cs" / "clir.json").read_text())
    assert set(cell["metrics"]) == {"nDCG@10", "Recall@10"}
    table = pd.read_csv(finished.results / "tables" / "clir.metrics.csv").set_index(
        ["system", "column", "metric"]
    )
    shown = table.loc[("ml-cs", "average", "nDCG@10"), "mean"]
    assert shown == pytest.approx(100 * cell["metrics"]["nDCG@10"]["mean"], rel=1e-5)


def test_the_pieces_of_a_run_say_what_they_are(finished):
    run = pd.read_parquet(finished.results / "runs" / "ml-cs" / "seed1" / "en-de.parquet")
    assert set(zip(run["system"], run["seed"], run["pair"], strict=True)) == {("ml-cs", 1, "en-de")}
    measures = pd.read_parquet(finished.results / "measures" / "ml-cs" / "en-de.parquet")
    assert list(measures["metric"].unique()) == ["MRR@10", "nDCG@10", "Recall@10"]
