"""Score the candidates on the pairs of one language with BM25."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.ranking import rank_bm25

with job(snakemake.log[0]):
    rank_bm25(
        {Path(path).stem: Path(path) for path in snakemake.input.found},
        Path(snakemake.params.corpus),
        Path(snakemake.input.candidates),
        {Path(path).stem: Path(path) for path in snakemake.output},
    )
