# What the paper is about: included where an experiment has its two systems.
VARIANT_CELLS, VARIANT_TRAINING = plan.variant_cells(), plan.training_of(plan.variants)
VARIANT_LEXICONS = plan.lexicons_of(plan.variants.values())
JUDGED_RECIPES = plan.judged_on_training()
JUDGED_TRAINING, JUDGED_LEXICONS = plan.training_of(JUDGED_RECIPES), plan.lexicons_of(JUDGED_RECIPES.values())
EXAMPLE_RUNS = {system: plan.example_runs(system) for system in (MAIN, REFERENCE)}
EXAMPLE_LEXICONS = paths.switching_lexicons(plan.variants[MAIN])


rule variant_tables:
    input:
        flat([VARIANT_CELLS, VARIANT_TRAINING, VARIANT_LEXICONS]),
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
        cells=arranged(VARIANT_CELLS),
        training=arranged(VARIANT_TRAINING),
        lexicons=arranged(VARIANT_LEXICONS),
        groups=list(experiment.groups),
        reference=REFERENCE,
        main=MAIN,
        metric=METRIC,
        code=code("variant_tables.py"),
    script:
        "../scripts/variant_tables.py"


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
        runs=arranged(EXAMPLE_RUNS),
        pairs=arranged(experiment.pairs),
        corpus=arranged(paths.corpus),
        source_language=SOURCE,
        lexicons=arranged(EXAMPLE_LEXICONS),
        recipe=vars(plan.variants[MAIN]),
        seed=experiment.seeds_of(MAIN)[0],
        metric=METRIC,
        code=code("examples.py"),
    script:
        "../scripts/examples.py"


rule claims:
    input:
        flat([MEASURES, JUDGED_TRAINING, JUDGED_LEXICONS]),
        overlap=paths.analysis("overlap.parquet") if plan.overlap_runs() else [],
        costs=paths.analysis("costs_of_seen_pairs.parquet"),
    output:
        csv=shown(f"{RESULTS}/claims.csv", "claims", category="Claims", table="claims", format="CSV"),
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
        measures=arranged(MEASURES),
        metric=METRIC,
        groups=experiment.groups,
        impossible={system: experiment.impossible(system) for system in experiment.systems},
        why=plan.why_some_pairs(),
        training=arranged(JUDGED_TRAINING),
        lexicons=arranged(
            {system: JUDGED_LEXICONS[recipe.lexicon] for system, recipe in JUDGED_RECIPES.items()}
        ),
        variants=plan.roles.judged_again(),
        headline=plan.roles.headline,
        code=code("claims.py", *(WORKFLOW / "switchrank" / "claims").glob("*.yaml")),
    script:
        "../scripts/claims.py"
