"""Deal out the translations of a lexicon at random."""

from pathlib import Path

from switchrank.jobs import job
from switchrank.stages.shuffled_lexicon import shuffle_lexicons

with job(snakemake.log[0]):
    shuffle_lexicons(
        Path(snakemake.input.of_from_english),
        Path(snakemake.input.of_to_english),
        Path(snakemake.input.dictionaries) / "dist" / "translations",
        Path(snakemake.params.corpus),
        snakemake.wildcards.language,
        snakemake.params.settings["seed"],
        Path(snakemake.output.from_english),
        Path(snakemake.output.to_english),
        Path(snakemake.output.stats),
    )
