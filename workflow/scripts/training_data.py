"""Draw training instances and, where the recipe says so, switch their texts."""

from pathlib import Path

from switchrank.collections.base import Corpus, write_texts
from switchrank.files import read_parquet, write_json, write_parquet
from switchrank.jobs.job import job
from switchrank.training.data import make_training_data

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    corpus, candidates = Corpus.read(params.corpus), read_parquet(snakemake.input.candidates)
    recipe = params.lexicons, params.recipe, params.source_language, params.rounds
    data = make_training_data(corpus, candidates, *recipe, int(snakemake.wildcards.seed))
    write_parquet(output.instances, data.instances)
    write_texts(Path(output.stats).parent, params.source_language, data.queries, data.passages)
    write_json(output.stats, data.stats)
