"""Choose examples of queries."""

from switchrank.analyses.examples import make_examples
from switchrank.collections.base import Corpus
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.training.switching import switcher

with job(snakemake):
    params, corpus = snakemake.params, Corpus.read(snakemake.params.corpus)
    (system, runs), (reference, references) = params.runs.items()
    ranked = system, reference, runs, references, params.pairs
    switched = switcher(params.recipe, params.lexicons, params.seed)
    examples = make_examples(*ranked, corpus, switched, params.source_language, params.metric)
    write_json(snakemake.output[0], examples)
