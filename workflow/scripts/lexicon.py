"""Make the lexicon from one language into another, of whatever kind."""

from switchrank.collections.base import Corpus
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.making import make_lexicon
from switchrank.lexicons.tsv import write_lexicon

FILES = ("names", "source_vectors", "target_vectors", "frequent", "lexicon", "file", "asset")

with job(snakemake):
    params, names = snakemake.params, snakemake.wildcards
    files = {name: snakemake.input.get(name) for name in FILES}
    languages = {"source": names.source, "target": names.target, "source_language": params.source_language}
    inputs = Inputs(corpus=Corpus.read(params.corpus), **languages, **files)
    lexicon, stats = make_lexicon(params.entry, inputs)
    write_lexicon(snakemake.output.lexicon, lexicon)
    write_json(snakemake.output.stats, stats)
