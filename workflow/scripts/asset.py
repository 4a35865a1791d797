"""Fetch one asset: snakemake.wildcards.asset, pinned by snakemake.params.spec."""

from pathlib import Path

from switchrank.assets.fetch import fetch, mirror_folder
from switchrank.jobs.job import job

with job(snakemake.log[0]):
    fetch(
        snakemake.wildcards.asset,
        snakemake.params.spec,
        Path(snakemake.output[0]),
        mirror_folder(snakemake.config.get("mirror")),
    )
