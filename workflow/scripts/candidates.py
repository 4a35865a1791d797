"""Choose the candidates of every query."""

from switchrank.collections.base import Corpus
from switchrank.encoders.encodings import Encodings
from switchrank.files import read_parquet, write_parquet
from switchrank.jobs.job import job
from switchrank.retrieval.candidates import choose

with job(snakemake.log[0]):
    params, bm25 = snakemake.params, snakemake.input.get("bm25")
    paths = {"collection": {params.source_language: params.encodings}}
    chosen = choose(
        Corpus.read(params.corpus),
        params.entry,
        params.source_language,
        read_parquet(bm25) if bm25 else None,
        Encodings(paths) if params.encodings else None,
    )
    write_parquet(snakemake.output[0], chosen)
