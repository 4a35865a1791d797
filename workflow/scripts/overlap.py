"""Measure how far scores go with the overlap of tokens."""

from pathlib import Path

from switchrank.jobs import job
from switchrank.stages.overlap import measure_overlap

with job(snakemake.log[0]):
    runs = {}
    for path in map(Path, snakemake.input.runs):
        system, seed = path.parents[1].name, path.parent.name.removeprefix("seed")
        runs.setdefault(system, {}).setdefault(seed, {})[path.stem] = path
    measure_overlap(
        runs,
        {Path(path).stem: Path(path) for path in snakemake.input.encoded},
        Path(snakemake.params.corpus),
        Path(snakemake.output[0]),
    )
