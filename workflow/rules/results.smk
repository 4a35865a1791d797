# Reciprocal ranks of the runs, cells with their statistics, and tables of cells.
PAIRS_OF_BM25 = [f"{language}-{language}" for language in experiment.monolingual()]
CELLS_OF_BM25 = [
    *PAIRS_OF_BM25,
    *[g for g, pairs in experiment.groups.items() if set(pairs) <= set(PAIRS_OF_BM25)],
]


rule measure:
    input:
        runs=runs_of_system,
        corpus=CORPUS_FILES,
    output:
        [f"{RESULTS}/measures/{{system}}/{pair}.parquet" for pair in experiment.pairs],
    log:
        "logs/measure/{system}.log",
    benchmark:
        f"{RESULTS}/benchmarks/measure/{{system}}.tsv"
    wildcard_constraints:
        system=systems_made(False, "cosine", "kernel"),
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        corpus=corpus_folder,
        code=code("measure.py"),
    script:
        "../scripts/measure.py"


use rule measure as measure_bm25 with:
    output:
        [f"{RESULTS}/measures/{{system}}/{pair}.parquet" for pair in PAIRS_OF_BM25],
    wildcard_constraints:
        system=systems_made(False, "bm25"),


use rule measure as measure_pair with:
    output:
        f"{RESULTS}/measures/{{system}}/{{pair}}.parquet",
    log:
        "logs/measure/{system}/{pair}.log",
    benchmark:
        f"{RESULTS}/benchmarks/measure/{{system}}/{{pair}}.tsv"
    wildcard_constraints:
        system=systems_made(True, "kernel"),


rule cells:
    input:
        measures=measures_of_system,
        references=measures_of_references,
        corpus=CORPUS_FILES,
        candidates=f"{RESULTS}/candidates.parquet",
    output:
        [f"{RESULTS}/cells/{{system}}/{name}.json" for name in [*experiment.pairs, *experiment.groups]],
    log:
        "logs/cells/{system}.log",
    benchmark:
        f"{RESULTS}/benchmarks/cells/{{system}}.tsv"
    wildcard_constraints:
        system=systems_made(False, "cosine", "kernel"),
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        groups=experiment.groups,
        provenance=provenance,
        code=code("cells.py"),
    script:
        "../scripts/cells.py"


use rule cells as cells_of_bm25 with:
    output:
        [f"{RESULTS}/cells/{{system}}/{name}.json" for name in CELLS_OF_BM25],
    wildcard_constraints:
        system=systems_made(False, "bm25"),


use rule cells as cell_of_pair with:
    output:
        f"{RESULTS}/cells/{{system}}/{{pair}}.json",
    log:
        "logs/cells/{system}/{pair}.log",
    benchmark:
        f"{RESULTS}/benchmarks/cells/{{system}}/{{pair}}.tsv"
    wildcard_constraints:
        system=systems_made(True, "kernel"),


use rule cells as cell_of_group with:
    output:
        f"{RESULTS}/cells/{{system}}/{{group}}.json",
    log:
        "logs/cells/{system}/{group}.log",
    benchmark:
        f"{RESULTS}/benchmarks/cells/{{system}}/{{group}}.tsv"
    wildcard_constraints:
        system=systems_made(True, "kernel"),


rule all_cells:
    input:
        cell_paths(),
    output:
        report(
            f"{RESULTS}/cells.parquet",
            caption="../report/cells.rst",
            category="Tables",
            labels={"table": "all cells", "format": "Parquet"},
        ),
    log:
        "logs/all_cells.log",
    benchmark:
        f"{RESULTS}/benchmarks/all_cells.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        code=code("all_cells.py"),
    script:
        "../scripts/all_cells.py"


rule table:
    input:
        cells_of_group,
    output:
        csv=report(
            f"{RESULTS}/tables/{{group}}.csv",
            caption="../report/table.rst",
            category="Tables",
            labels={"table": "{group}", "format": "CSV"},
        ),
        tests=report(
            f"{RESULTS}/tables/{{group}}.tests.csv",
            caption="../report/tests.rst",
            category="Tables",
            labels={"table": "{group}, tests", "format": "CSV"},
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
        references=references_by_system(),
        impossible=impossible_by_system(),
        code=code("table.py"),
    script:
        "../scripts/table.py"


# Any two systems, by name: comparisons/ml-cs.vs.wiki-cs.csv
rule comparison:
    input:
        ours=lambda wildcards: measure_paths(wildcards.ours),
        theirs=lambda wildcards: measure_paths(wildcards.theirs),
    output:
        f"{RESULTS}/comparisons/{{ours}}.vs.{{theirs}}.csv",
    log:
        "logs/comparison/{ours}.vs.{theirs}.log",
    benchmark:
        f"{RESULTS}/benchmarks/comparison/{{ours}}.vs.{{theirs}}.tsv"
    wildcard_constraints:
        ours=one_of(experiment.systems),
        theirs=one_of(experiment.systems),
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        groups=experiment.groups,
        code=code("comparison.py"),
    script:
        "../scripts/comparison.py"


rule variant_tables:
    input:
        cells=variant_cells(),
        training=list(training_of_variants().values()),
        lexicons=lexicon_stats(),
    output:
        ratio_csv=report(
            f"{RESULTS}/tables/ratio.csv",
            caption="../report/ratio.rst",
            category="Tables",
            labels={"table": "ratio", "format": "CSV"},
        ),
        ratio_latex=f"{RESULTS}/tables/ratio.tex",
        lexicons_csv=report(
            f"{RESULTS}/tables/lexicons.csv",
            caption="../report/lexicons.rst",
            category="Tables",
            labels={"table": "lexicons", "format": "CSV"},
        ),
        lexicons_latex=f"{RESULTS}/tables/lexicons.tex",
    log:
        "logs/variant_tables.log",
    benchmark:
        f"{RESULTS}/benchmarks/variant_tables.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        variants=variants(),
        training=training_of_variants(),
        groups=list(experiment.groups),
        reference=REFERENCE,
        main=MAIN,
        code=code("variant_tables.py"),
    script:
        "../scripts/variant_tables.py"
