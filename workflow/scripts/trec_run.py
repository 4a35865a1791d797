"""Write a run in the format of TREC."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.trec import export_run

with job(snakemake.log[0]):
    tag = f"{snakemake.wildcards.system}-seed{snakemake.wildcards.seed}"
    export_run(Path(snakemake.input[0]), tag, Path(snakemake.output[0]))
