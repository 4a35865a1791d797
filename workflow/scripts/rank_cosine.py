"""Score the candidates on every pair with the frozen encoder's sentence vectors."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.ranking import rank_cosine

with job(snakemake.log[0]):
    rank_cosine(
        {Path(path).stem: Path(path) for path in snakemake.input.encoded},
        Path(snakemake.params.corpus),
        Path(snakemake.input.candidates),
        {Path(path).stem: Path(path) for path in snakemake.output},
    )
