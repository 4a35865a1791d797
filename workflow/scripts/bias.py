"""Measure which languages the rankers favour in a mixed pool."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.bias import measure_bias
from switchrank.stages.run_paths import arranged

with job(snakemake.log[0]):
    measure_bias(
        arranged(snakemake.input.runs),
        Path(snakemake.params.corpus),
        Path(snakemake.output.bias),
        Path(snakemake.output.same),
    )
