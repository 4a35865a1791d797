"""Make a pretrained model of any kind, in the one form of all."""

from switchrank.assets.fetch import mirror_folder
from switchrank.jobs.job import job
from switchrank.pretrained.writing import write_pretrained

with job(snakemake):
    params, asset = snakemake.params, snakemake.input.get("asset")
    write_pretrained(params.entry, snakemake.output[0], asset, mirror_folder(params.mirror))
