"""Retrieve with BM25 in each language, for every query over the whole collection."""

from switchrank.collections.base import Corpus
from switchrank.files import write_parquet
from switchrank.jobs.job import job
from switchrank.retrieval.bm25 import bm25

DEPTH = 1000

with job(snakemake):
    corpus = Corpus.read(snakemake.params.corpus)
    for language, path in snakemake.params.runs.items():
        texts = corpus.queries(language), corpus.passages(language)
        write_parquet(path, bm25(*texts, language, DEPTH, snakemake.params.k1, snakemake.params.b))
