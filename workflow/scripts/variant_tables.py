"""Arrange what ratios, modes and lexicons of code-switching bring."""

from switchrank.analyses.variants import lexicon_table, ratio_table
from switchrank.analyses.variants_latex import lexicons_latex, ratio_latex
from switchrank.files import read_json, write_parquet, write_text
from switchrank.jobs.job import job

with job(snakemake.log[0]):
    params, output = snakemake.params, snakemake.output
    cells, lexicons = (
        {name: {key: read_json(path) for key, path in paths.items()} for name, paths in named.items()}
        for named in (params.cells, params.lexicons)
    )
    training = {system: read_json(path) for system, path in params.training.items()}
    shown = params.groups, params.reference, params.main
    ratio = ratio_table(params.variants, cells, training, *shown)
    by_lexicon = lexicon_table(params.variants, cells, training, lexicons, *shown)
    captioned = params.groups, params.reference, params.metric
    write_text(output.ratio_latex, ratio_latex(ratio, *captioned))
    write_text(output.lexicons_latex, lexicons_latex(by_lexicon, *captioned))
    for table, csv, parquet in (
        (ratio, output.ratio_csv, output.ratio),
        (by_lexicon, output.lexicons_csv, output.lexicons),
    ):
        write_text(csv, table.to_csv(index=False, float_format="%.6g", lineterminator="\n"))
        write_parquet(parquet, table)
