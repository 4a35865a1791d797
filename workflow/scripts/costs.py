"""Gather what each system takes."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.costs import measure_costs

with job(snakemake.log[0]):
    measure_costs(snakemake.params.plans, Path(snakemake.output[0]))
