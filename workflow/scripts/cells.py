"""Make the cells of a system on pairs, or on groups of pairs, from its measures."""

from switchrank.collections.base import Corpus
from switchrank.experiment.provenance import inputs, provenance
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.statistics.cells import Evidence, cells_of_groups, cells_of_pairs, shared_names
from switchrank.statistics.measures import read
from switchrank.tasks.ranking import ceilings

with job(snakemake):
    params, files, candidates = snakemake.params, snakemake.params.files, snakemake.input.candidates
    system, metrics, pairs = snakemake.wildcards.system, params.metrics, files["pairs"]
    measures, references = files["needs"]["measures"], files["needs"]["references"]
    corpus, measured = Corpus.read(params.corpus), read(measures, metrics)
    queries = {pair: frame.index for pair, frame in measured[metrics[0]].items()}
    evidence = Evidence(
        system=system,
        pairs=pairs,
        measured=measured,
        references={name: read(paths, metrics) for name, paths in sorted(references.items())},
        shared=shared_names(corpus, pairs, params.source_language),
        ceilings=ceilings(read_parquet(candidates), corpus, queries, pairs, metrics[0]),
        provenance=provenance({**params.provenance, "rebuild": f"{params.rebuild}/{system}"}, params.data),
    )
    cells = cells_of_pairs(evidence, params.group_of) | cells_of_groups(evidence, params.groups)
    for name, cell in cells.items():
        made_of = inputs(params.groups.get(name, [name]), **files["needs"], candidates=candidates)
        write_json(files["results"][name], cell | {"provenance": cell["provenance"] | {"inputs": made_of}})
