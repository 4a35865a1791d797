from snakemake.utils import min_version

min_version("9.27")


configfile: "config/pocket.yaml"


include: "workflow/rules/common.smk"
include: "workflow/rules/assets.smk"
include: "workflow/rules/collection.smk"
include: "workflow/rules/candidates.smk"
include: "workflow/rules/lexicons.smk"
include: "workflow/rules/training.smk"
include: "workflow/rules/ranking.smk"
include: "workflow/rules/results.smk"


report: "workflow/report/workflow.rst"


rule all:
    input:
        RESULTS + "/report.html",
        table_paths(),
        cell_paths(),
    default_target: True
    localrule: True
