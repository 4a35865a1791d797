"""Score the candidates of the test queries on some pairs."""

import shutil
from pathlib import Path

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet, write_parquet
from switchrank.jobs.job import job
from switchrank.rankers.base import RANKERS, Resources
from switchrank.rankers.parts import run_in_parts
from switchrank.registry import make
from switchrank.retrieval.candidates import candidates_on

with job(snakemake):
    params, files = snakemake.params, snakemake.params.files
    system, seed = snakemake.wildcards.system, int(snakemake.wildcards.seed)
    corpus, candidates = Corpus.read(params.corpus), read_parquet(snakemake.input.candidates)
    needs = files["needs"]
    masked = {
        pair: Corpus.read(params.corpus, Path(texts[0][0]).parents[1])
        for pair, texts in needs["masked"].items()
    }
    resources = Resources.read(Corpus.read(params.corpus, params.texts), masked=masked, **needs["reads"])
    if model := needs["model"]:  # its settings lie with it
        ranker = RANKERS[params.entry["kind"]].load(Path(model[0]).parent, resources)
    else:
        cls, settings = make(RANKERS, params.entry)
        ranker = cls(settings, resources)
    for name, path in files["results"].items():
        of_pair = candidates_on(candidates, corpus, files["pairs"][name], "test")
        parts = Path(files["parts"][name])
        run = run_in_parts(ranker, system, seed, name, of_pair, parts, snakemake.input, params.code)
        write_parquet(path, run)
        shutil.rmtree(parts, ignore_errors=True)
