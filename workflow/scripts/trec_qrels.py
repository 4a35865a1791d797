"""Write the qrels of the test queries in the format of TREC."""

from switchrank.collections.base import Corpus
from switchrank.exports.trec import to_qrels
from switchrank.files import write_text
from switchrank.jobs.job import job

with job(snakemake):
    corpus = Corpus.read(snakemake.params.corpus)
    tested = corpus.qrels["query_id"].isin(corpus.ids("query", "test"))
    write_text(snakemake.output[0], to_qrels(corpus.qrels[tested]))
