from snakemake.utils import min_version

min_version("9.27")


if not workflow.overwrite_configfiles:  # another config replaces the default one, it does not add to it

    configfile: "config/pocket.yaml"


include: "workflow/rules/scheduler.smk"
include: "workflow/rules/common.smk"
include: "workflow/rules/written.smk"
include: "workflow/rules/shards.smk"
include: "workflow/rules/functions.smk"
include: "workflow/rules/collections.smk"
include: "workflow/rules/retrieval.smk"
include: "workflow/rules/lexicons.smk"
include: "workflow/rules/training.smk"
include: "workflow/rules/evaluation.smk"
include: "workflow/rules/analyses.smk"
include: "workflow/rules/report.smk"
include: "workflow/rules/models.smk"


if plan.complete:

    include: "workflow/rules/claims.smk"


report: "workflow/report/workflow.rst"


rule all:
    default_target: True
    input:
        f"{RESULTS}/report.html",
        f"{RESULTS}/claims.csv" if plan.complete else [],
        f"{RESULTS}/cells.parquet",
        [paths.table(group, suffix) for group in experiment.groups for suffix in ("csv", "tests.csv", "tex")],
        flat(paths.cells()),
        made_again,
    localrule: True
