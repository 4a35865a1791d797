"""Measure how far scores go with the overlap of tokens."""

from switchrank.analyses.overlap import measure_overlap
from switchrank.collections.base import Corpus
from switchrank.encoders.encodings import Encodings
from switchrank.files import write_parquet
from switchrank.jobs.job import job

with job(snakemake):
    params = snakemake.params
    encodings = Encodings({"collection": params.encodings})
    overlap = measure_overlap(params.runs, params.pairs, encodings, Corpus.read(params.corpus))
    write_parquet(snakemake.output[0], overlap)
