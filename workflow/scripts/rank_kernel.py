"""Score the candidates on one pair or on all with a trained kernel ranker."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.kernel_ranking import rank_kernel

with job(snakemake.log[0]):
    rank_kernel(
        Path(snakemake.input.model).parent,
        {Path(path).stem: Path(path) for path in snakemake.input.encoded},
        Path(snakemake.params.corpus),
        Path(snakemake.params.texts),
        Path(snakemake.input.candidates),
        {Path(path).stem: Path(path) for path in snakemake.output},
    )
