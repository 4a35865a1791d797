"""Translate a language's queries and passages to the source language word by word (Translate Test)."""

from pathlib import Path

from switchrank.collections.base import Corpus, write_texts
from switchrank.files import write_json
from switchrank.jobs.job import job
from switchrank.lexicons.tsv import read_made_lexicon, to_mapping
from switchrank.views.translation import translate_texts

with job(snakemake):
    corpus, language = Corpus.read(snakemake.params.corpus), snakemake.wildcards.language
    lexicon = read_made_lexicon(snakemake.input.lexicon, language, snakemake.params.source_language)
    translations = to_mapping(lexicon)
    queries, query_stats = translate_texts(corpus.queries(language), language, translations)
    passages, passage_stats = translate_texts(corpus.passages(language), language, translations)
    write_texts(Path(snakemake.output.stats).parents[1], language, queries, passages)
    write_json(snakemake.output.stats, {"queries": query_stats, "passages": passage_stats})
