"""Gather all cells in one table."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.all_cells import gather_cells

with job(snakemake.log[0]):
    cells = {}
    for path in map(Path, snakemake.input):
        cells.setdefault(path.parent.name, []).append(path)
    gather_cells(cells, Path(snakemake.output[0]))
