"""Train a ranker."""

from pathlib import Path

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet
from switchrank.jobs.job import job
from switchrank.rankers.base import RANKERS, Resources, fit_and_save
from switchrank.registry import make
from switchrank.retrieval.candidates import candidates_on
from switchrank.tasks.ranking import measure

with job(snakemake):
    params, corpus = snakemake.params, Corpus.read(snakemake.params.corpus)
    training = Corpus.read(params.corpus, params.texts) if params.texts else None
    cls, settings = make(RANKERS, params.entry)
    queries = corpus.ids("query", "dev")
    fit_and_save(
        cls(settings, Resources.read(corpus, training, **params.reads)),
        read_parquet(snakemake.input.instances),
        candidates_on(read_parquet(snakemake.input.candidates), corpus, params.pair, "dev"),
        lambda run: float(measure(run, corpus.qrels, queries, ["MRR@10"])["MRR@10"].mean()),
        int(snakemake.wildcards.seed),
        Path(params.checkpoint),
        Path(snakemake.output.model).parent,
    )
