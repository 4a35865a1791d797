"""Cross-encoders of three architectures, tiny, with tokenizers of their own, through the whole workflow."""

import json
import time

import numpy as np
import pandas as pd
import pytest
import tiny_models

import switchrank
from switchrank.collections.base import Corpus

ARCHITECTURES = ("bert", "xlm-r", "modernbert")
SYSTEMS = {"zero-shot": "bert", "ml-cs": "xlm-r", "ml-cs-aligned": "modernbert"}
CONFIG = """
collection: {kind: pocket, limit: 60, train: 0.5, dev: 0.2, test: 0.3}
languages: [en, de]
candidates: {method: bm25, depth: 10}
lexicons: {own: {kind: file, folder: lexicons}}
training: {rounds: 2}
pretrained:
  bert: {kind: folder, path: models/bert}
  xlm-r: {kind: folder, path: models/xlm-r}
  modernbert: {kind: folder, path: models/modernbert}
rankers:
  bert: {kind: cross-encoder, model: bert, steps: 60, batch: 4, max_tokens: 32, learning_rate: 0.001}
  xlm-r:
    {kind: cross-encoder, model: xlm-r, steps: 10, batch: 4, max_tokens: 32, frozen_embeddings: true,
     layers: [1]}
  modernbert: {kind: cross-encoder, model: modernbert, steps: 10, batch: 4, max_tokens: 32, loss: aligned}
systems:
  zero-shot: {ranker: bert, training: {data: source}}
  ml-cs: {ranker: xlm-r, training: {data: ml-cs, lexicon: own, ratio: 1.0}, versus: [zero-shot]}
  ml-cs-aligned: {ranker: modernbert, training: {data: ml-cs, lexicon: own, ratio: 1.0}, versus: [zero-shot]}
pairs:
  moir: [en-en]
  clir: [en-de]
"""


@pytest.fixture(scope="module")
def workspace(new_workspace, assets):
    """A working folder with pretrained models, whose downloads are those of the repository."""
    made = new_workspace("cross-encoders", linked=False)
    made.config = CONFIG
    (made.folder / "resources").mkdir()
    (made.folder / "resources" / "cldr").symlink_to(assets / "cldr")
    for architecture in ARCHITECTURES:
        tiny_models.write_model(made.folder / "models" / architecture, architecture)
    return made


@pytest.fixture(scope="module")
def ranked(workspace):
    """The same, everything made."""
    workspace.first_run = workspace.run("--cores", "2")
    assert workspace.first_run.status == 0, workspace.first_run.said
    return workspace


def test_a_killed_training_goes_on_to_the_same_weights(workspace, ranked):
    (model,) = workspace.shared.glob("models/bert.*/en-en.*/seed1/model.safetensors")
    whole, log = model.read_bytes(), (model.parent / "log.csv").read_bytes()
    model.unlink()
    target = str(model.relative_to(workspace.folder))
    process = workspace.start("--cores", "1", target)
    deadline = time.monotonic() + 120
    while not list(workspace.shared.glob("checkpoints/bert.*/*/seed1.*.safetensors")):
        assert process.poll() is None and time.monotonic() < deadline, process.said.read_text()
        time.sleep(0.01)
    workspace.end()
    assert not model.exists()
    done = workspace.run("--cores", "1", target)
    assert done.status == 0, done.said
    (job_log,) = workspace.shared.glob("logs/train/bert.*/en-en.*/seed1.log")
    assert "resuming after step" in job_log.read_text()
    assert (model.read_bytes(), (model.parent / "log.csv").read_bytes()) == (whole, log)
    assert not list(workspace.shared.glob("checkpoints/**/*.safetensors"))


def test_every_system_has_its_cells(ranked):
    for system, ranker in SYSTEMS.items():
        for name in ("en-en", "en-de", "moir", "clir"):
            cell = json.loads((ranked.results / "cells" / system / f"{name}.json").read_text())
            assert cell["provenance"]["ranker"] == ranker
            assert any("pretrained" in folder for folder in cell["provenance"]["data"])
            assert cell["provenance"]["precision"] == "auto"
    assert (ranked.results / "report.html").exists()


def test_dev_is_looked_at_in_other_languages_too(ranked):
    (log,) = ranked.shared.glob("models/xlm-r.*/ml-cs.*/seed1/log.csv")
    curve = pd.read_csv(log)
    assert list(curve) == ["step", "loss", "dev_mrr", "dev_mrr_on_other_pairs"]
    assert curve.iloc[-1].notna().all()


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_whole_model_scores_as_the_workflow_did(ranked, system):
    folder = f"results/pocket/models/{system}/seed1"
    done = ranked.run("--cores", "1", folder)
    assert done.status == 0, done.said
    run = pd.read_parquet(ranked.results / "runs" / system / "seed1" / "en-de.parquet")
    corpus = Corpus.read(ranked.shared / "corpus")
    texts = corpus.queries("en").loc[run["query_id"]], corpus.passages("de").loc[run["passage_id"]]
    scores = switchrank.load(ranked.folder / folder).score(*map(list, texts))
    np.testing.assert_allclose(scores, run["score"], atol=2e-5)
    card = (ranked.folder / folder / "README.md").read_text()
    assert f"# {system}, seed 1" in card and "| en-de |" in card


def test_nothing_is_left_to_do(ranked):
    assert ranked.plan().nothing_to_do


def test_an_unknown_pretrained_model_is_one_line(ranked):
    done = ranked.run("--dry-run", "--config", "rankers={bert: {model: brt}}")
    assert done.status == 1
    assert "rankers.bert.model: found 'brt', expected one of bert, xlm-r, modernbert" in done.said
