"""Write the report of a collection."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.report import write

with job(snakemake.log[0]):
    write(Path(snakemake.output[0]).parent, snakemake.params.config, Path(snakemake.output[0]))
