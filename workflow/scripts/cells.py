"""Make the cells of a system on pairs, or on groups of pairs, from its measures."""

from switchrank.collections.base import Corpus
from switchrank.experiment.provenance import inputs, provenance
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.statistics.cells import Evidence, cells_of_groups, cells_of_pairs, shared_names
from switchrank.statistics.measures import read
from switchrank.tasks.ranking import ceilings

with job(snakemake.log[0]):
    params, files, candidates = snakemake.params, snakemake.params.files, snakemake.input.candidates
    metrics, pairs, groups = params.metrics, files["pairs"], files["groups"]
    corpus, measured = Corpus.read(params.corpus), read(files["measures"], metrics)
    queries = {pair: frame.index for pair, frame in measured[metrics[0]].items()}
    evidence = Evidence(
        system=snakemake.wildcards.system,
        pairs=pairs,
        measured=measured,
        references={name: read(paths, metrics) for name, paths in sorted(files["references"].items())},
        shared=shared_names(corpus, pairs, params.source_language),
        ceilings=ceilings(read_parquet(candidates), corpus.relevant, queries, pairs),
        provenance=provenance({**params.provenance, "rebuild": files["rebuild"]}, params.data),
    )
    cells = cells_of_pairs(evidence, params.group_of) | cells_of_groups(evidence, groups)
    for name, cell in cells.items():
        made_of = inputs(groups.get(name, [name]), files["measures"], files["references"], candidates)
        cell["provenance"] = {**cell["provenance"], "inputs": made_of}
        write_json(files["cells"][name], cell)
