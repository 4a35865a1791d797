"""Bring the collection to English word by word (Translate Test)."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.translation import translate_corpus

with job(snakemake.log[0]):
    translate_corpus(
        Path(snakemake.params.corpus),
        {Path(path).stem.removesuffix("-en"): Path(path) for path in snakemake.input.lexicons},
        Path(snakemake.output.stats).parent,
        Path(snakemake.output.stats),
    )
