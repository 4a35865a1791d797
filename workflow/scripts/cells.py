"""Make the cells of a system from its reciprocal ranks."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.results import make_cells

with job(snakemake.log[0]):
    references = {}
    for path in map(Path, snakemake.input.references):
        references.setdefault(path.parent.name, {})[path.stem] = path
    make_cells(
        snakemake.wildcards.system,
        {Path(path).stem: Path(path) for path in snakemake.input.measures},
        references,
        Path(snakemake.params.corpus),
        Path(snakemake.input.candidates),
        snakemake.params.groups,
        snakemake.params.provenance,
        {Path(path).stem: Path(path) for path in snakemake.output},
    )
