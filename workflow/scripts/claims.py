"""Judge the paper's claims."""

import pandas as pd

from switchrank.claims.evidence import precisions
from switchrank.claims.judge import Evidence, judge, to_csv
from switchrank.claims.statements import digest, load_claims
from switchrank.files import read_files, read_parquet, write_json, write_text
from switchrank.jobs.job import job
from switchrank.statistics.measures import read
from switchrank.training.counts import pooled

NO_OVERLAP = pd.DataFrame(columns=["system", "pair", "query_id", "correlation"])

with job(snakemake):
    params, files, metric = snakemake.params, snakemake.input, snakemake.params.metric
    measured = {system: read(paths, [metric])[metric] for system, paths in params.measures.items()}
    evidence = Evidence(
        measured=measured,
        groups=params.groups,
        impossible=params.impossible,
        why=params.why,
        overlap=read_parquet(files.overlap) if files.overlap else NO_OVERLAP,
        costs=read_parquet(files.costs).set_index("system").to_dict("index"),
        training={system: pooled(drawn) for system, drawn in read_files(params.training).items()},
        precisions={name: precisions(read_files(paths)) for name, paths in params.lexicons.items()},
    )
    judged = judge(load_claims(), evidence, params.variants, params.headline)
    write_json(snakemake.output.json, {"digest": digest(), "claims": judged})
    write_text(snakemake.output.csv, to_csv(judged))
