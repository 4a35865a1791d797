"""Induce the lexicons of a language from English and into English."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.induced_lexicon import induce_lexicons

with job(snakemake.log[0]):
    induce_lexicons(
        Path(snakemake.input.vectors),
        Path(snakemake.input.english),
        Path(snakemake.input.counts),
        Path(snakemake.input.dictionaries) / "dist" / "translations",
        Path(snakemake.params.corpus),
        snakemake.wildcards.language,
        snakemake.params.settings,
        Path(snakemake.output.from_english),
        Path(snakemake.output.to_english),
        Path(snakemake.output.stats),
    )
