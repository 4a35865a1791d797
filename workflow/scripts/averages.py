"""Make the cells of a system on groups of pairs from its measures."""

from switchrank.collections.base import Corpus
from switchrank.experiment.provenance import inputs, provenance
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.statistics.cells import cells_of_groups, read_evidence

with job(snakemake.log[0]):
    params, files, candidates = snakemake.params, snakemake.params.files, snakemake.input.candidates
    evidence = read_evidence(
        snakemake.wildcards.system,
        files["pairs"],
        params.metrics,
        files["measures"],
        files["references"],
        Corpus.read(params.corpus),
        read_parquet(candidates),
        params.source_language,
        provenance(params.provenance, params.data),
    )
    for name, cell in cells_of_groups(evidence, files["groups"]).items():
        made_of = inputs(files["groups"][name], files["measures"], files["references"], candidates)
        cell["provenance"] = {**cell["provenance"], "inputs": made_of}
        write_json(files["cells"][name], cell)
