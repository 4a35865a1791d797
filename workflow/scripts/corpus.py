"""Read the collection and write its texts, qrels and splits."""

from pathlib import Path

from switchrank.collections.pocket import Pocket
from switchrank.jobs.job import job

with job(snakemake.log[0]):
    annotations = Path(snakemake.input[0]) / "annotations"
    split = dict(snakemake.params.split)
    collection = Pocket(annotations, split, split.pop("seed"), snakemake.params.limit)
    collection.load(snakemake.params.languages).write(Path(snakemake.output.stats).parent)
