"""Draw training instances and, where the recipe says so, switch their texts."""

from switchrank.collections.base import Corpus
from switchrank.files import read_parquet, write_arrow, write_json, write_parquet
from switchrank.jobs.job import job
from switchrank.training.data import make_training_data

with job(snakemake.log[0]):
    params, output = snakemake.params, snakemake.output
    data = make_training_data(
        Corpus.read(params.corpus),
        read_parquet(snakemake.input.candidates),
        params.lexicons,
        params.recipe,
        params.source_language,
        params.rounds,
        params.seed,
    )
    write_parquet(output.instances, data.instances)
    write_arrow(output.queries, data.queries.rename_axis("query_id").reset_index(name="text"))
    write_arrow(output.passages, data.passages.rename_axis("passage_id").reset_index(name="text"))
    write_json(output.stats, data.stats)
