"""Count the texts that rankers do not read to their end."""

from switchrank.analyses.truncated import count_truncated
from switchrank.encoders.encodings import Encodings
from switchrank.files import write_json
from switchrank.jobs.job import job

with job(snakemake):
    encodings = Encodings({"collection": snakemake.params.encodings})
    write_json(snakemake.output[0], count_truncated(encodings, snakemake.params.limits))
