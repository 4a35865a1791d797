"""Choose one of several trained rankers on dev, and copy its models."""

from pathlib import Path

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet, write_json
from switchrank.jobs.job import job
from switchrank.rankers.base import RANKERS, Resources, copy_model
from switchrank.tasks.choosing import choose

with job(snakemake):
    params, entry = snakemake.params, snakemake.params.entry
    resources = Resources.read(Corpus.read(params.corpus), **params.reads)
    candidates = read_parquet(snakemake.input.candidates)
    choice = choose(RANKERS[entry["kind"]], params.models, resources, candidates, params.pairs, params.metric)
    for seed, folder in params.folders.items():
        copy_model(Path(params.models[choice["chosen"]][seed]), Path(folder))
    write_json(snakemake.output.choice, {"dev": entry["dev"], **choice})
