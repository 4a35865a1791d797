"""Take the words that each test query has out of its candidates in a language."""

from pathlib import Path

from switchrank.collections.base import Corpus, write_texts
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.retrieval.candidates import candidates_on
from switchrank.views.masking import mask_shared

with job(snakemake):
    params, corpus = snakemake.params, Corpus.read(snakemake.params.corpus)
    language, stats = snakemake.wildcards.language, Path(snakemake.output.stats)
    candidates = candidates_on(read_parquet(snakemake.input.candidates), corpus, params.pair, "test")
    masked = mask_shared(candidates, corpus, language)
    write_texts(stats.parents[1], language, masked.queries, masked.passages)
    write_json(stats, masked.stats)
