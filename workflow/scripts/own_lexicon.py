"""Take over a user's own lexicon."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.own_lexicon import own_lexicon

with job(snakemake.log[0]):
    own_lexicon(
        Path(snakemake.input.source),
        Path(snakemake.input.dictionaries) / "dist" / "translations",
        Path(snakemake.params.corpus),
        snakemake.wildcards.language,
        Path(snakemake.output.lexicon),
        Path(snakemake.output.stats),
    )
