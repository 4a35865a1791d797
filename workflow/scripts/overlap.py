"""Measure how far scores go with the overlap of tokens."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.overlap import measure_overlap
from switchrank.stages.run_paths import arranged

with job(snakemake.log[0]):
    measure_overlap(
        arranged(snakemake.input.runs),
        {Path(path).stem: Path(path) for path in snakemake.input.encoded},
        Path(snakemake.params.corpus),
        Path(snakemake.output[0]),
    )
