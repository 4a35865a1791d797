"""Arrange what ratios, modes and lexicons of code-switching bring."""

from switchrank.analyses.variants import to_latex, variant_tables
from switchrank.files import read_json, write_parquet, write_text
from switchrank.jobs.job import job
from switchrank.statistics.family import family_csv

with job(snakemake.log[0]):
    params, output = snakemake.params, snakemake.output
    cells, lexicons = (
        {name: {key: read_json(path) for key, path in paths.items()} for name, paths in named.items()}
        for named in (params.cells, params.lexicons)
    )
    training = {system: read_json(path) for system, path in params.training.items()}
    shown = params.groups, params.reference, params.main
    tables = variant_tables(params.variants, cells, training, lexicons, *shown)
    for name, table in tables.items():
        latex = to_latex(name, table, params.groups, params.reference, params.metric)
        write_text(getattr(output, f"{name}_latex"), latex)
        write_text(getattr(output, f"{name}_csv"), family_csv(table))
        write_parquet(getattr(output, name), table)
