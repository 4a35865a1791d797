"""Gather all cells in one table."""

from switchrank.files import read_files, write_parquet
from switchrank.jobs.job import job
from switchrank.statistics.rows import all_cells

with job(snakemake):
    write_parquet(snakemake.output[0], all_cells(read_files(snakemake.params.cells)))
