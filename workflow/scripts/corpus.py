"""Read the collection and write its texts, qrels and splits."""

from pathlib import Path

from switchrank.collections.base import COLLECTIONS
from switchrank.jobs.job import job
from switchrank.registry import make

with job(snakemake):
    params = snakemake.params
    collection, settings = make(COLLECTIONS, params.entry)
    folders = {name: Path(folder) for name, folder in params.assets.items()}
    collection(settings, folders).load(params.languages).write(Path(params.folder))
