"""Compare two systems on all pairs that both have."""

from switchrank.files import write_text
from switchrank.jobs.job import job
from switchrank.statistics.family import comparison, family_csv
from switchrank.statistics.measures import read

with job(snakemake):
    names, params = snakemake.wildcards, snakemake.params
    ours, theirs = (read(paths, [params.metric])[params.metric] for paths in (params.ours, params.theirs))
    tests = comparison(names.ours, names.theirs, ours, theirs, params.groups)
    write_text(snakemake.output[0], family_csv(tests))
