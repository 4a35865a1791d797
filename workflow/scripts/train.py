"""Train a ranker."""

from pathlib import Path

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet
from switchrank.jobs.job import job
from switchrank.rankers.base import RANKERS, Resources, fit_and_save
from switchrank.registry import make
from switchrank.retrieval.candidates import candidates_in_turn, candidates_on
from switchrank.tasks.ranking import measure

with job(snakemake):
    params, corpus = snakemake.params, Corpus.read(snakemake.params.corpus)
    training = Corpus.read(params.corpus, params.texts) if params.texts else None
    cls, settings = make(RANKERS, params.entry)
    queries, candidates = corpus.ids("query", "dev"), read_parquet(snakemake.input.candidates)
    dev = {"dev_mrr": candidates_on(candidates, corpus, params.pair, "dev")}
    if params.other_pairs:
        dev["dev_mrr_on_other_pairs"] = candidates_in_turn(candidates, corpus, params.other_pairs, "dev")
    fit_and_save(
        cls(settings, Resources.read(corpus, training, **params.reads)),
        read_parquet(snakemake.input.instances),
        dev,
        lambda run: float(measure(run, corpus.qrels, queries, ["MRR@10"])["MRR@10"].mean()),
        int(snakemake.wildcards.seed),
        Path(params.checkpoint),
        Path(snakemake.output.model).parent,
    )
