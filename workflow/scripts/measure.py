"""Measure a system on its pairs, query by query."""

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet, write_parquet
from switchrank.jobs.job import job
from switchrank.statistics.measures import measure_seeds
from switchrank.tasks.ranking import evaluated_queries

with job(snakemake.log[0]):
    files, metrics, system = snakemake.params.files, snakemake.params.metrics, snakemake.wildcards.system
    corpus = Corpus.read(snakemake.params.corpus)
    for name, path in files["measures"].items():
        runs = {seed: read_parquet(run) for seed, run in files["runs"][name].items()}
        queries = evaluated_queries(corpus, files["pairs"][name].query)
        write_parquet(path, measure_seeds(system, name, runs, corpus.qrels, queries, metrics))
