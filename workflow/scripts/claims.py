"""Judge the paper's claims."""

import pandas as pd

from switchrank.claims.judge import Evidence, judge, to_csv
from switchrank.claims.statements import load_claims
from switchrank.collections.base import Corpus
from switchrank.files import read_files, read_parquet, write_json, write_text
from switchrank.jobs.job import job
from switchrank.statistics.measures import read
from switchrank.tasks.ranking import ceilings

NO_OVERLAP = pd.DataFrame(columns=["system", "pair", "query_id", "correlation"])

with job(snakemake):
    params, files, metric = snakemake.params, snakemake.input, snakemake.params.metric
    measured = {
        system: {pair: frame.mean(axis=1) for pair, frame in read(paths, [metric])[metric].items()}
        for system, paths in params.measures.items()
    }
    queries = {pair: values.index for by_pair in measured.values() for pair, values in by_pair.items()}
    candidates, corpus = read_parquet(files.candidates), Corpus.read(params.corpus)
    evidence = Evidence(
        measured=measured,
        groups=params.groups,
        impossible=params.impossible,
        ceilings=ceilings(candidates, corpus, queries, params.pairs, metric),
        overlap=read_parquet(files.overlap) if files.overlap else NO_OVERLAP,
        costs=read_parquet(files.costs).set_index("system").to_dict("index"),
        training=read_files(params.training),
    )
    judged = judge(load_claims(), evidence, params.variants)
    write_json(snakemake.output.json, judged)
    write_text(snakemake.output.csv, to_csv(judged))
