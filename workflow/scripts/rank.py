"""Score the candidates of the test queries on some pairs."""

from pathlib import Path

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet
from switchrank.jobs.job import job
from switchrank.rankers.base import RANKERS, Resources
from switchrank.rankers.runs import write_runs
from switchrank.registry import make

with job(snakemake.log[0]):
    params, files = snakemake.params, snakemake.params.files
    system, seed = snakemake.wildcards.system, int(snakemake.wildcards.seed)
    corpus, candidates = Corpus.read(params.corpus), read_parquet(snakemake.input.candidates)
    resources = Resources.read(Corpus.read(params.corpus, params.texts), **files["needs"]["reads"])
    cls, settings = make(RANKERS, params.entry)
    model = files["needs"]["model"]
    ranker = cls.load(Path(model[0]).parent, resources) if model else cls(settings, resources)
    write_runs(ranker, system, seed, candidates, corpus, files["pairs"], files["results"])
