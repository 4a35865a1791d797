"""Arrange the cells of a group in a table."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.tables import make_tables

with job(snakemake.log[0]):
    cells = {}
    for path in map(Path, snakemake.input):
        cells.setdefault(path.parent.name, []).append(path)
    make_tables(
        snakemake.wildcards.group,
        snakemake.params.pairs,
        cells,
        snakemake.params.references,
        snakemake.params.impossible,
        Path(snakemake.output.csv),
        Path(snakemake.output.latex),
        Path(snakemake.output.tests),
    )
