"""Measure which languages the rankers favour in a mixed pool."""

from switchrank.analyses.bias import measure_bias
from switchrank.collections.base import Corpus
from switchrank.files import write_parquet
from switchrank.jobs.job import job

with job(snakemake):
    params = snakemake.params
    bias, same_language = measure_bias(params.runs, params.pairs, Corpus.read(params.corpus), params.metric)
    write_parquet(snakemake.output.bias, bias)
    write_parquet(snakemake.output.same_language, same_language)
