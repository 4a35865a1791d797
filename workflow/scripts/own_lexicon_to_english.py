"""Take over a user's own lexicon into English."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.own_lexicon import copy_lexicon

with job(snakemake.log[0]):
    copy_lexicon(Path(snakemake.input.source), Path(snakemake.output.lexicon))
