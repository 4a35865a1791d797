"""Choose examples of queries."""

from pathlib import Path

from switchrank.jobs.job import job
from switchrank.stages.examples import make_examples

with job(snakemake.log[0]):
    plan = snakemake.params.plan
    make_examples(
        plan["system"],
        plan["reference"],
        {Path(path).stem: Path(path) for path in snakemake.input.runs},
        {Path(path).stem: Path(path) for path in snakemake.input.references},
        Path(snakemake.params.corpus),
        {Path(path).stem.removeprefix("en-"): Path(path) for path in snakemake.input.lexicons},
        plan["recipe"],
        plan["seed"],
        Path(snakemake.output[0]),
    )
