"""Arrange the gains of ratios, modes and lexicons of code-switching."""

from switchrank.analyses.variants import to_latex, variant_tables
from switchrank.files import read_files, write_parquet, write_text
from switchrank.jobs.job import job
from switchrank.statistics.family import family_csv
from switchrank.training.counts import pooled

with job(snakemake):
    params, output = snakemake.params, snakemake.output
    cells, training, lexicons = map(read_files, (params.cells, params.training, params.lexicons))
    training = {system: pooled(drawn) for system, drawn in training.items()}
    shown = params.groups, params.reference, params.main
    tables = variant_tables(params.variants, cells, training, lexicons, *shown)
    for name, table in tables.items():
        latex = to_latex(name, table, params.groups, params.reference, params.metric)
        write_text(output[f"{name}_latex"], latex)
        write_text(output[f"{name}_csv"], family_csv(table))
        write_parquet(output[name], table)
