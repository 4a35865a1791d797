"""Make the lexicon from one language into another, of whatever kind."""

from switchrank.collections.base import Corpus
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.lexicons.base import Inputs
from switchrank.lexicons.making import make_lexicon
from switchrank.lexicons.tsv import write_lexicon

with job(snakemake.log[0]):
    files = ("names", "source_vectors", "target_vectors", "frequent", "lexicon", "file")
    inputs = Inputs(
        source=snakemake.wildcards.source,
        target=snakemake.wildcards.target,
        source_language=snakemake.params.source_language,
        corpus=Corpus.read(snakemake.params.corpus),
        **{name: snakemake.input.get(name) for name in files},
    )
    lexicon, stats = make_lexicon(snakemake.params.entry, inputs)
    write_lexicon(snakemake.output.lexicon, lexicon)
    write_json(snakemake.output.stats, stats)
