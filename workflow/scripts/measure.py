"""Measure the reciprocal ranks of a system, query by query."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.measures import measure

with job(snakemake.log[0]):
    runs = {}
    for path in map(Path, snakemake.input.runs):
        runs.setdefault(path.parent.name.removeprefix("seed"), {})[path.stem] = path
    measure(
        runs,
        Path(snakemake.params.corpus),
        {Path(path).stem: Path(path) for path in snakemake.output},
    )
