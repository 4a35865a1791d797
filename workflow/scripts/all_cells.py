"""Gather all cells in one table."""

from switchrank.files import read_json, write_parquet
from switchrank.jobs.job import job
from switchrank.statistics.rows import all_cells

with job(snakemake.log[0]):
    cells = {
        system: {name: read_json(path) for name, path in paths.items()}
        for system, paths in snakemake.params.cells.items()
    }
    write_parquet(snakemake.output[0], all_cells(cells))
