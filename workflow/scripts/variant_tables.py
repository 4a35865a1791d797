"""Arrange what ratios, modes and lexicons of code-switching bring."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.variant_tables import make_variant_tables

with job(snakemake.log[0]):
    cells, lexicons = {}, {}
    for path in map(Path, snakemake.input.cells):
        cells.setdefault(path.parent.name, []).append(path)
    for path in map(Path, snakemake.input.lexicons):
        lexicons.setdefault(path.parent.name, []).append(path)
    make_variant_tables(
        snakemake.params.variants,
        cells,
        {system: Path(path) for system, path in snakemake.params.training.items()},
        lexicons,
        snakemake.params.groups,
        snakemake.params.reference,
        snakemake.params.main,
        {name: Path(path) for name, path in snakemake.output.items()},
    )
