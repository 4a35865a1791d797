from snakemake.utils import min_version

min_version("9.27")


if not workflow.overwrite_configfiles:  # another config replaces the default one, it does not add to it

    configfile: "config/pocket.yaml"


include: "workflow/rules/scheduler.smk"
include: "workflow/rules/common.smk"
include: "workflow/rules/inputs.smk"
include: "workflow/rules/plans.smk"
include: "workflow/rules/assets.smk"
include: "workflow/rules/collection.smk"
include: "workflow/rules/candidates.smk"
include: "workflow/rules/lexicons.smk"
include: "workflow/rules/translation.smk"
include: "workflow/rules/training.smk"
include: "workflow/rules/ranking.smk"
include: "workflow/rules/results.smk"
include: "workflow/rules/analyses.smk"
include: "workflow/rules/exports.smk"


report: "workflow/report/workflow.rst"


rule all:
    default_target: True
    input:
        f"{RESULTS}/report.html",
        [f"{RESULTS}/claims.csv"] if COMPLETE else [],
        f"{RESULTS}/cells.parquet",
        table_paths(),
        cell_paths(),
    localrule: True
