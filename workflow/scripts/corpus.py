"""Read the collection and write its texts, qrels and splits."""

from pathlib import Path

from switchrank.collections.base import COLLECTIONS
from switchrank.jobs.job import job
from switchrank.registry import make

with job(snakemake.log[0]):
    collection, settings = make(COLLECTIONS, snakemake.params.entry)
    folders = {name: Path(folder) for name, folder in snakemake.params.assets.items()}
    contents = collection(settings, folders).load(snakemake.params.languages)
    contents.write(Path(snakemake.params.folder))
