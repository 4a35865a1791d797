"""Gather what each system and each stage takes."""

from switchrank.analyses.costs import by_stage, by_system
from switchrank.files import write_parquet
from switchrank.jobs.job import job

with job(snakemake):
    write_parquet(snakemake.output.systems, by_system(snakemake.params.systems))
    write_parquet(snakemake.output.seen, by_system(snakemake.params.seen))
    write_parquet(snakemake.output.stages, by_stage(snakemake.params.stages))
