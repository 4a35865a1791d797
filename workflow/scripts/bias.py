"""Measure which languages the rankers favour in a mixed pool."""

from pathlib import Path

from switchrank.jobs import job
from switchrank.stages.bias import measure_bias

with job(snakemake.log[0]):
    runs = {}
    for path in map(Path, snakemake.input.runs):
        system, seed = path.parents[1].name, path.parent.name.removeprefix("seed")
        runs.setdefault(system, {}).setdefault(seed, {})[path.stem] = path
    measure_bias(
        runs,
        Path(snakemake.params.corpus),
        Path(snakemake.output.bias),
        Path(snakemake.output.same),
    )
