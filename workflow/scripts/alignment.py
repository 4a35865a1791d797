"""Align a language's word vectors to those of the source language."""

from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.lexicons.alignment import align
from switchrank.lexicons.dictionaries import seed_dictionary
from switchrank.lexicons.vectors import read_vectors, write_vectors

with job(snakemake):
    language = snakemake.wildcards.language
    vectors, source_vectors = map(read_vectors, (snakemake.input.vectors, snakemake.input.source_vectors))
    dictionary, counts = seed_dictionary(snakemake.input.names, snakemake.params.source_language, language)
    aligned, stats = align(vectors, source_vectors, dictionary)
    write_vectors(snakemake.output.vectors, aligned)
    write_json(snakemake.output.stats, {"language": language, "dictionary": counts} | stats)
