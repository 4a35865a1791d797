"""Choose the candidates of every query."""

from switchrank.collections.base import Corpus
from switchrank.encoders.encodings import Encodings
from switchrank.files import read_parquet, write_parquet
from switchrank.jobs.job import job
from switchrank.retrieval.candidates import choose

with job(snakemake):
    params, language = snakemake.params, snakemake.params.source_language
    bm25 = read_parquet(snakemake.input.bm25) if snakemake.input.bm25 else None
    encodings = Encodings({"collection": params.encodings}) if params.encodings else None
    chosen = choose(Corpus.read(params.corpus), params.entry, language, bm25, encodings)
    write_parquet(snakemake.output[0], chosen)
