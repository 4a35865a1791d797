"""Compare two systems on all pairs that both have."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.comparison import compare

with job(snakemake.log[0]):
    compare(
        snakemake.wildcards.ours,
        snakemake.wildcards.theirs,
        {Path(path).stem: Path(path) for path in snakemake.input.ours},
        {Path(path).stem: Path(path) for path in snakemake.input.theirs},
        snakemake.params.groups,
        Path(snakemake.output[0]),
    )
