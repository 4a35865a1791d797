# What the report shows beside the cells: variants, token overlap, language bias, examples, costs; and the paper's
# claims, judged.
plan = Plan(paths)
benchmarks = Benchmarks(paths, SHARDS)
CLAIMS = WORKFLOW / "switchrank" / "claims"


rule variant_tables:
    input:
        flat(plan.variant_cells()) if plan.complete else [],
        flat([plan.variant_training(), plan.variant_lexicons()]),
    output:
        multiext(paths.table("ratio", ""), ratio_csv="csv", ratio_latex="tex"),
        multiext(paths.table("lexicons", ""), lexicons_csv="csv", lexicons_latex="tex"),
        ratio=paths.analysis("ratio.parquet"),
        lexicons=paths.analysis("lexicons.parquet"),
    log:
        paths.log("variant_tables", "variant_tables"),
    benchmark:
        paths.benchmark("variant_tables", "variant_tables")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        variants=plan.variant_settings(),
        cells=arranged(plan.variant_cells() if plan.complete else {}),
        training=arranged(plan.variant_training()),
        lexicons=arranged(plan.variant_lexicons()),
        groups=list(experiment.groups),
        reference=REFERENCE,
        main=MAIN,
        metric=experiment.metrics[0],
        code=code("variant_tables.py"),
    script:
        "../scripts/variant_tables.py"


OVERLAP_ENCODINGS = paths.encodings_by_language("collection", plan.overlap_languages())


rule overlap:
    input:
        flat([plan.overlap_runs(), OVERLAP_ENCODINGS]),
        corpus=paths.corpus_index(),
    output:
        paths.analysis("overlap.parquet"),
    log:
        paths.log("overlap", "overlap"),
    benchmark:
        paths.benchmark("overlap", "overlap")
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1000,
    params:
        runs=arranged(plan.overlap_runs()),
        pairs=arranged(pairs_in(plan.overlap_runs())),
        encodings=arranged(OVERLAP_ENCODINGS),
        corpus=corpus_folder,
        code=code("overlap.py"),
    script:
        "../scripts/overlap.py"


rule bias:
    input:
        flat(plan.bias_runs()),
        corpus=paths.corpus_index(),
    output:
        bias=paths.analysis("bias.parquet"),
        same_language=paths.analysis("same_language.parquet"),
    log:
        paths.log("bias", "bias"),
    benchmark:
        paths.benchmark("bias", "bias")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        runs=arranged(plan.bias_runs()),
        pairs=arranged(pairs_in(plan.bias_runs())),
        corpus=corpus_folder,
        metric=experiment.metrics[0],
        code=code("bias.py"),
    script:
        "../scripts/bias.py"


EXAMPLE_RECIPE = plan.variants.get(MAIN)
EXAMPLE_LEXICONS = paths.switching_lexicons(EXAMPLE_RECIPE) if EXAMPLE_RECIPE else {}
EXAMPLE_RUNS = {system: plan.example_runs(system) if plan.complete else {} for system in (MAIN, REFERENCE)}


rule examples:
    input:
        flat([EXAMPLE_RUNS, EXAMPLE_LEXICONS]),
        corpus=paths.corpus_index(),
    output:
        paths.analysis("examples.json"),
    log:
        paths.log("examples", "examples"),
    benchmark:
        paths.benchmark("examples", "examples")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        system=MAIN,
        reference=REFERENCE,
        runs=arranged(EXAMPLE_RUNS[MAIN]),
        references=arranged(EXAMPLE_RUNS[REFERENCE]),
        pairs=arranged({pair: experiment.pairs[pair] for pair in EXAMPLE_RUNS[MAIN]}),
        corpus=corpus_folder,
        source_language=SOURCE,
        lexicons=arranged(EXAMPLE_LEXICONS),
        recipe=vars(EXAMPLE_RECIPE) if EXAMPLE_RECIPE else None,
        seed=experiment.config["training"]["seed"],
        metric=experiment.metrics[0],
        code=code("examples.py"),
    script:
        "../scripts/examples.py"


# Reads the benchmarks of the jobs that its inputs come from.
rule costs:
    input:
        flat(paths.cells()),
        [f"{model}/model.safetensors" for system in experiment.systems for model in paths.models_of(system)],
    output:
        systems=paths.analysis("costs.parquet"),
        stages=paths.analysis("stages.parquet"),
    log:
        paths.log("costs", "costs"),
    benchmark:
        paths.benchmark("costs", "costs")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        systems=arranged({system: benchmarks.of_system(system) for system in experiment.systems}),
        stages=arranged(benchmarks.of_stages()),
        code=code("costs.py"),
    script:
        "../scripts/costs.py"


rule claims:
    input:
        flat([paths.measures_of(system) for system in experiment.systems]),
        flat(plan.variant_training()),
        corpus=paths.corpus_index(),
        candidates=paths.candidates,
        overlap=paths.analysis("overlap.parquet") if plan.overlap_runs() else [],
        costs=paths.analysis("costs.parquet"),
    output:
        csv=report(
            f"{RESULTS}/claims.csv",
            caption="../report/claims.rst",
            category="Claims",
            labels={"table": "claims", "format": "CSV"},
        ),
        json=f"{RESULTS}/claims.json",
    log:
        paths.log("claims", "claims"),
    benchmark:
        paths.benchmark("claims", "claims")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        measures=arranged({system: paths.measures_of(system) for system in experiment.systems}),
        metric=experiment.metrics[0],
        pairs=arranged(experiment.pairs),
        groups=experiment.groups,
        impossible={system: experiment.impossible(system) for system in experiment.systems},
        corpus=corpus_folder,
        training=arranged(plan.variant_training()),
        variants=plan.rankers_of_main_systems(),
        code=code("claims.py", CLAIMS / "claims.yaml", CLAIMS / "published.yaml"),
    script:
        "../scripts/claims.py"
