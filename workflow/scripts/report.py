"""Write the report of an experiment."""

from switchrank.experiment.provenance import provenance
from switchrank.jobs.job import job
from switchrank.report.page import write

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    config = {**params.config, "provenance": provenance({}, params.data)}
    write(params.files, config, output.page, output.headline)
