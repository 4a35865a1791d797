"""Make the cells of a system on pairs, or on groups of pairs, from its measures."""

from switchrank.collections.base import Corpus
from switchrank.experiment.provenance import inputs, provenance
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.statistics.cells import cells_of_groups, cells_of_pairs, read_evidence

with job(snakemake.log[0]):
    params, files = snakemake.params, snakemake.params.files
    system, candidates = snakemake.wildcards.system, snakemake.input.candidates
    evidence = read_evidence(
        system=system,
        pairs=files["pairs"],
        metrics=params.metrics,
        **files["needs"],
        corpus=Corpus.read(params.corpus),
        candidates=read_parquet(candidates),
        source_language=params.source_language,
        provenance=provenance({**params.provenance, "rebuild": f"{params.rebuild}/{system}"}, params.data),
    )
    cells = cells_of_pairs(evidence, params.group_of) | cells_of_groups(evidence, params.groups)
    for name, cell in cells.items():
        made_of = inputs(params.groups.get(name, [name]), **files["needs"], candidates=candidates)
        write_json(files["results"][name], cell | {"provenance": cell["provenance"] | {"inputs": made_of}})
