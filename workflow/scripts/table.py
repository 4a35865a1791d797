"""Arrange the cells of a group in a table."""

from switchrank.exports.latex import to_latex
from switchrank.files import read_files, write_text
from switchrank.jobs.job import job
from switchrank.languages import language_name
from switchrank.statistics.family import family_csv
from switchrank.statistics.rows import metric_table
from switchrank.statistics.tables import score_table, to_csv

with job(snakemake):
    params, output, group = snakemake.params, snakemake.output, snakemake.wildcards.group
    cells = read_files(params.cells)
    every = [cell for by_name in cells.values() for cell in by_name.values()]
    averages = [cell for by_name in read_files(params.averages).values() for cell in by_name.values()]
    shown = every, group, list(cells), params.pairs
    table = score_table(*shown, params.references, params.impossible, averages)
    write_text(output.csv, to_csv(table))
    write_text(output.tests, family_csv(table.tests))
    write_text(output.latex, to_latex(table, language_name(params.source_language)))
    write_text(output.metrics, family_csv(metric_table(cells, params.references)))
