"""Make the cells of a system on pairs, or on groups of pairs, from its measures."""

from switchrank.collections.base import Corpus
from switchrank.experiment.provenance import inputs, provenance
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.statistics.cells import cells_of_groups, cells_of_pairs, read_evidence

with job(snakemake.log[0]):
    params, files, candidates = snakemake.params, snakemake.params.files, snakemake.input.candidates
    groups = files["groups"]
    evidence = read_evidence(
        snakemake.wildcards.system,
        files["pairs"],
        params.metrics,
        files["measures"],
        files["references"],
        Corpus.read(params.corpus),
        read_parquet(candidates),
        params.source_language,
        provenance({**params.provenance, "rebuild": files["rebuild"]}, params.data),
    )
    cells = cells_of_pairs(evidence, params.group_of) | cells_of_groups(evidence, groups)
    for name, cell in cells.items():
        made_of = inputs(groups.get(name, [name]), files["measures"], files["references"], candidates)
        cell["provenance"] = {**cell["provenance"], "inputs": made_of}
        write_json(files["cells"][name], cell)
