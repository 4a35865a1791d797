"""Deal out the translations of a lexicon at random."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.shuffled_lexicon import shuffle_lexicon

with job(snakemake.log[0]):
    shuffle_lexicon(
        Path(snakemake.input.source),
        Path(snakemake.input.dictionaries) / "dist" / "translations",
        Path(snakemake.params.corpus),
        snakemake.wildcards.language,
        snakemake.params.settings["seed"],
        Path(snakemake.output.lexicon),
        Path(snakemake.output.stats),
    )
