# What the report shows beside the cells: token overlap, language bias, examples; and the paper's claims, judged.
ANALYSES = f"{RESULTS}/analyses"
TEMPLATES = sorted((WORKFLOW / "switchrank" / "report" / "templates").iterdir())
CLAIMS = [WORKFLOW.parent / "config" / name for name in ("claims.yaml", "published.yaml")]


rule overlap:
    input:
        runs=runs_for_overlap(),
        corpus=CORPUS_FILES,
        encoded=encoded(overlap_languages()),
    output:
        f"{ANALYSES}/overlap.parquet",
    log:
        "logs/overlap.log",
    benchmark:
        f"{RESULTS}/benchmarks/overlap.tsv"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1000,
    params:
        corpus=corpus_folder,
        code=code("overlap.py"),
    script:
        "../scripts/overlap.py"


rule bias:
    input:
        runs=runs_for_bias(),
        corpus=CORPUS_FILES,
    output:
        bias=f"{ANALYSES}/bias.csv",
        same=f"{ANALYSES}/bias_same.csv",
    log:
        "logs/bias.log",
    benchmark:
        f"{RESULTS}/benchmarks/bias.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        code=code("bias.py"),
    script:
        "../scripts/bias.py"


rule examples:
    input:
        runs=example_runs(MAIN),
        references=example_runs(REFERENCE),
        lexicons=example_lexicons(),
        corpus=CORPUS_FILES,
    output:
        f"{ANALYSES}/examples.json",
    log:
        "logs/examples.log",
    benchmark:
        f"{RESULTS}/benchmarks/examples.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        plan=example_plan(),
        code=code("examples.py"),
    script:
        "../scripts/examples.py"


# Reads the benchmarks of the jobs that its inputs come from.
rule costs:
    input:
        [path for system in experiment.systems for path in measure_paths(system)],
        [f"{folder}/model.safetensors" for folder in all_models()],
    output:
        f"{ANALYSES}/costs.csv",
    log:
        "logs/costs.log",
    benchmark:
        f"{RESULTS}/benchmarks/costs.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        plans={system: costs_plan(system) for system in experiment.systems},
        code=code("costs.py"),
    script:
        "../scripts/costs.py"


rule claims:
    input:
        measures=[path for system in experiment.systems for path in measure_paths(system)],
        corpus=CORPUS_FILES,
        candidates=f"{RESULTS}/candidates.parquet",
        overlap=f"{ANALYSES}/overlap.parquet",
        training=list(training_of_variants().values()),
        costs=f"{ANALYSES}/costs.csv",
    output:
        csv=report(
            f"{RESULTS}/claims.csv",
            caption="../report/claims.rst",
            category="Claims",
            labels={"table": "claims", "format": "CSV"},
        ),
        json=f"{RESULTS}/claims.json",
    log:
        "logs/claims.log",
    benchmark:
        f"{RESULTS}/benchmarks/claims.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        plan=claims_plan(),
        code=code("claims.py", *CLAIMS),
    script:
        "../scripts/claims.py"


rule report:
    input:
        cell_paths(),
        table_paths(),
        variant_table_paths(),
        f"{RESULTS}/corpus/stats.json",
        analyses(),
        [f"{RESULTS}/training/{data}/stats.json" for data in RECIPES],
        lexicon_stats(),
        [f"{folder}/log.csv" for folder in all_models()],
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
        code=code("report.py", *TEMPLATES),
    script:
        "../scripts/report.py"
