"""Measure a system on its pairs, query by query."""

from switchrank.collections.base import Corpus
from switchrank.files import read_files, write_parquet
from switchrank.jobs.job import job
from switchrank.statistics.measures import measure_seeds
from switchrank.tasks.ranking import evaluated_queries

with job(snakemake):
    params, files = snakemake.params, snakemake.params.files
    corpus = Corpus.read(params.corpus)
    for pair, path in files["results"].items():
        queries = evaluated_queries(corpus, files["pairs"][pair].query)
        runs = snakemake.wildcards.system, pair, read_files(files["needs"][pair])
        write_parquet(path, measure_seeds(*runs, corpus.qrels, queries, params.metrics))
