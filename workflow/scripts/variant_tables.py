"""Arrange the gains of ratios, modes and lexicons of code-switching."""

from switchrank.analyses.variants import lexicon_table, ratio_table
from switchrank.analyses.variants_latex import lexicons_latex, ratio_latex
from switchrank.files import read_files, write_parquet, write_text
from switchrank.jobs.job import job
from switchrank.statistics.family import family_csv

with job(snakemake.log[0]):
    params, output = snakemake.params, snakemake.output
    systems = params.variants, read_files(params.cells), read_files(params.training)
    shown = params.groups, params.reference, params.main
    ratio = ratio_table(*systems, *shown)
    lexicons = lexicon_table(*systems, read_files(params.lexicons), *shown)
    captioned = params.groups, params.reference, params.metric
    write_text(output.ratio_latex, ratio_latex(ratio, *captioned))
    write_text(output.lexicons_latex, lexicons_latex(lexicons, *captioned))
    for table, name in ((ratio, "ratio"), (lexicons, "lexicons")):
        write_text(output[f"{name}_csv"], family_csv(table))
        write_parquet(output[name], table)
