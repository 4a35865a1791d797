"""Find which neighbours in a ranking of systems can be told apart."""

from switchrank.analyses.neighbours import neighbours
from switchrank.files import write_parquet
from switchrank.jobs.job import job
from switchrank.statistics.measures import read

with job(snakemake):
    params, metric = snakemake.params, snakemake.params.metric
    measured = {system: read(paths, [metric])[metric] for system, paths in params.measures.items()}
    write_parquet(snakemake.output[0], neighbours(measured, params.groups))
