"""Make lexicons of parallel titles, from English and into English."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.titles_lexicon import title_lexicons

with job(snakemake.log[0]):
    title_lexicons(
        Path(snakemake.input.dictionaries) / "dist" / "translations",
        Path(snakemake.params.corpus),
        snakemake.wildcards.language,
        Path(snakemake.output.from_english),
        Path(snakemake.output.to_english),
        Path(snakemake.output.stats),
    )
