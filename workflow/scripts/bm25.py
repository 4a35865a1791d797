"""Retrieve with BM25 in each language, for every query over the whole collection."""

from pathlib import Path

from switchrank.files import read_parquet, write_parquet
from switchrank.jobs.job import job
from switchrank.retrieval.bm25 import bm25

DEPTH = 1000

with job(snakemake.log[0]):
    for path in map(Path, snakemake.output):
        corpus = Path(snakemake.params.corpus) / path.stem
        queries, passages = (read_parquet(corpus / f"{side}.parquet") for side in ("queries", "passages"))
        found = bm25(queries, passages, path.stem, DEPTH, snakemake.params.k1, snakemake.params.b)
        write_parquet(path, found)
