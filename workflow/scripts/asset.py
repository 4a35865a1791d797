"""Fetch a download, pinned by snakemake.params.spec."""

from switchrank.assets.fetch import fetch, mirror_folder
from switchrank.jobs.job import job

with job(snakemake):
    mirror = mirror_folder(snakemake.params.mirror)
    fetch(snakemake.wildcards.asset, snakemake.params.spec, snakemake.output[0], mirror)
