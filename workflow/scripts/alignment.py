"""Align a language's word vectors to English."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.alignment import align_to_english

with job(snakemake.log[0]):
    align_to_english(
        Path(snakemake.input.vectors),
        Path(snakemake.input.english),
        Path(snakemake.input.dictionaries) / "dist" / "translations",
        snakemake.wildcards.language,
        Path(snakemake.output.vectors),
        Path(snakemake.output.stats),
    )
