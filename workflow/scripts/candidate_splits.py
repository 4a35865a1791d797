"""Count of which split the candidates are."""

from switchrank.analyses.unseen import candidates_by_split
from switchrank.collections.base import Corpus
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job

with job(snakemake):
    candidates, corpus = read_parquet(snakemake.input.candidates), Corpus.read(snakemake.params.corpus)
    write_json(snakemake.output[0], candidates_by_split(candidates, corpus))
