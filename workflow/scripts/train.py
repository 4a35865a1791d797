"""Train a kernel ranker."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.training import train_kernel

with job(snakemake.log[0]):
    train_kernel(
        Path(snakemake.input.pairs),
        [Path(path) for path in snakemake.input.encoded],
        Path(snakemake.input.idf),
        Path(snakemake.params.corpus),
        Path(snakemake.input.candidates),
        snakemake.params.settings,
        int(snakemake.wildcards.seed),
        Path(snakemake.params.checkpoint),
        Path(snakemake.output.model).parent,
    )
