"""Choose the candidates of every query."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.candidates import choose_candidates

with job(snakemake.log[0]):
    choose_candidates(
        Path(snakemake.input.bm25),
        [Path(path) for path in snakemake.input.encoded],
        Path(snakemake.params.corpus),
        snakemake.params.settings,
        Path(snakemake.output[0]),
    )
