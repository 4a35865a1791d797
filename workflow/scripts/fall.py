"""Tell how far the reference falls from the source language to pairs of two languages."""

from switchrank.analyses.fall import fall
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.statistics.measures import read

with job(snakemake):
    params, metric = snakemake.params, snakemake.params.metric
    reference, treatment = (
        read(params.measures[role], [metric])[metric] for role in ("reference", "treatment")
    )
    write_json(snakemake.output[0], fall(reference, treatment, params.source, params.across))
