"""Translate a language's queries and passages to the source language word by word (Translate Test)."""

from pathlib import Path

from switchrank.collections.base import Corpus, write_texts
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.lexicons.tsv import read_lexicon, to_mapping
from switchrank.views.translation import translate_texts

with job(snakemake.log[0]):
    corpus, language = Corpus.read(snakemake.params.corpus), snakemake.wildcards.language
    lexicon = to_mapping(read_lexicon(snakemake.input.lexicon, language, snakemake.params.source_language))
    queries, query_stats = translate_texts(corpus.queries(language), language, lexicon)
    passages, passage_stats = translate_texts(corpus.passages(language), language, lexicon)
    write_texts(Path(snakemake.output.stats).parents[1], language, queries, passages)
    write_json(snakemake.output.stats, {"queries": query_stats, "passages": passage_stats})
