"""Choose examples of queries."""

from switchrank.analyses.examples import make_examples
from switchrank.collections.base import Corpus
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.training.switching import switcher

with job(snakemake.log[0]):
    params = snakemake.params
    examples = make_examples(
        params.system,
        params.reference,
        params.runs,
        params.references,
        params.pairs,
        Corpus.read(params.corpus),
        switcher(params.recipe, params.lexicons, params.seed),
        params.source_language,
        params.metric,
    )
    write_json(snakemake.output[0], examples)
