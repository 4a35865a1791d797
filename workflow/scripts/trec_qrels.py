"""Write the qrels of the test queries in the format of TREC."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.trec import export_qrels

with job(snakemake.log[0]):
    export_qrels(Path(snakemake.input.qrels), Path(snakemake.input.splits), Path(snakemake.output[0]))
