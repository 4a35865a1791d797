"""Write a run in the format of TREC."""

from switchrank.exports.trec import to_run
from switchrank.files import read_parquet, write_text
from switchrank.jobs.job import job

with job(snakemake):
    write_text(snakemake.output[0], to_run(read_parquet(snakemake.input[0]), snakemake.params.tag))
