"""Measure a system: a cell for each pair and each group's average."""

from pathlib import Path

from switchrank.jobs import job
from switchrank.stages.results import make_cells

with job(snakemake.log[0]):
    plan = snakemake.params.plan
    make_cells(
        snakemake.wildcards.system,
        plan["runs"],
        plan["references"],
        Path(snakemake.params.corpus),
        Path(snakemake.input.candidates),
        snakemake.params.groups,
        snakemake.params.provenance,
        {Path(path).stem: Path(path) for path in snakemake.output},
    )
