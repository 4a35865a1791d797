"""Make a cell of a pair, or of a group of pairs, over the candidates that were not seen in training."""

from switchrank.analyses.unseen import measure_unseen, unseen
from switchrank.collections.base import Corpus
from switchrank.experiment.provenance import digests, provenance
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.statistics.cells import Evidence, cells_of_groups, cells_of_pairs, shared_names
from switchrank.tasks.ranking import ceilings

with job(snakemake):
    params, files, candidates = snakemake.params, snakemake.params.files, snakemake.input.candidates
    system, pairs, corpus = snakemake.wildcards.system, files["pairs"], Corpus.read(params.corpus)
    measured = {
        name: measure_unseen(name, runs, pairs, corpus, params.metrics)
        for name, runs in files["needs"].items()
    }
    asked = unseen(read_parquet(candidates), corpus)
    queries = {pair: frame.index for pair, frame in measured[system][params.metrics[0]].items()}
    evidence = Evidence(
        system=system,
        pairs=pairs,
        measured=measured.pop(system),
        references=dict(sorted(measured.items())),
        shared=shared_names(corpus, pairs, params.source_language),
        ceilings=ceilings(asked, corpus, queries, pairs, params.metrics[0]),
        provenance=provenance({**params.provenance, "rebuild": f"{params.rebuild}/{system}"}, params.data),
    )
    cells = cells_of_pairs(evidence, params.group_of) | cells_of_groups(evidence, params.groups)
    made_of = {
        "without": "passages of the training split",
        "inputs": digests([*snakemake.input.runs, candidates]),
    }
    for name, cell in cells.items():
        write_json(files["results"][name], cell | {"provenance": cell["provenance"] | made_of})
