"""Draw training instances and put their texts in, plain or code-switched."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.training_data import make_training

with job(snakemake.log[0]):
    make_training(
        Path(snakemake.params.corpus),
        Path(snakemake.input.candidates),
        {Path(path).stem.removeprefix("en-"): Path(path) for path in snakemake.input.lexicons},
        snakemake.params.recipe,
        snakemake.params.rounds,
        snakemake.params.seed,
        Path(snakemake.output.pairs),
        Path(snakemake.output.stats),
    )
