# Cells with their statistics, tables, and the report.


rule cells:
    input:
        runs_of_system,
        runs_of_references,
        corpus=CORPUS_FILES,
        candidates=f"{RESULTS}/candidates.parquet",
    output:
        [f"{RESULTS}/cells/{{system}}/{name}.json" for name in [*experiment.pairs, *config["pairs"]]],
    log:
        "logs/cells/{system}.log",
    benchmark:
        f"{RESULTS}/benchmarks/cells/{{system}}.tsv"
    wildcard_constraints:
        system=systems_of_kind("cosine", "kernel"),
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        plan=plan_of_cells,
        groups=experiment.pairs,
        provenance=provenance,
        code=code("cells.py"),
    script:
        "../scripts/cells.py"


use rule cells as cells_of_bm25 with:
    output:
        [
            f"{RESULTS}/cells/{{system}}/{name}.json"
            for system in experiment.systems
            if experiment.kind(system) == "bm25"
            for name in cell_names(system)
        ],
    wildcard_constraints:
        system=systems_of_kind("bm25"),


rule table:
    input:
        cells_of_group,
    output:
        csv=report(
            f"{RESULTS}/tables/{{group}}.csv",
            caption="../report/table.rst",
            category="Tables",
            labels={"pairs": "{group}", "format": "CSV"},
        ),
        latex=f"{RESULTS}/tables/{{group}}.tex",
    log:
        "logs/table/{group}.log",
    benchmark:
        f"{RESULTS}/benchmarks/table/{{group}}.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        pairs=pairs_of_group,
        code=code("table.py"),
    script:
        "../scripts/table.py"


rule report:
    input:
        cell_paths(),
        table_paths(),
        f"{RESULTS}/corpus/stats.json",
        [f"{RESULTS}/training/{data}/stats.json" for data in experiment.recipes()],
        lexicon_stats(),
        training_logs(),
    output:
        report(
            f"{RESULTS}/report.html",
            caption="../report/report.rst",
            category="Report",
            labels={"collection": config["collection"]},
        ),
    log:
        "logs/report.log",
    benchmark:
        f"{RESULTS}/benchmarks/report.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        config=resolved_config(),
        code=code("report.py", "report.html.j2", "report.css"),
    script:
        "../scripts/report.py"
