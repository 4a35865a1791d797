# Runs: the candidates of the test queries, scored on every pair. One job loads a model and scores all pairs.
RUNS = RESULTS + "/runs/{ranker}/{system}/seed{seed}/"


def model_of(wildcards):
    """The model that a system ranks with, for one seed."""
    return model_path(wildcards.system, wildcards.seed) + "/model.safetensors"


rule rank_kernel:
    input:
        CORPUS_FILES,
        model=model_of,
        encoded=encoded(LANGUAGES),
        candidates=RESULTS + "/candidates.parquet",
    output:
        [f"{RUNS}{pair}.parquet" for pair in experiment.pairs],
    log:
        "logs/rank/{ranker}/{system}/seed{seed}.log",
    benchmark:
        RESULTS + "/benchmarks/rank/{ranker}/{system}/seed{seed}.tsv"
    wildcard_constraints:
        system=systems_of_kind("kernel"),
    params:
        corpus=RESULTS + "/corpus",
        languages=LANGUAGES,
        pairs=list(experiment.pairs),
        code=code("rank_kernel.py"),
    resources:
        mem_mb=1500,
    conda:
        "../../envs/training.yaml"
    script:
        "../scripts/rank_kernel.py"


rule rank_cosine:
    input:
        CORPUS_FILES,
        encoded=encoded(LANGUAGES),
        candidates=RESULTS + "/candidates.parquet",
    output:
        [f"{RUNS}{pair}.parquet" for pair in experiment.pairs],
    log:
        "logs/rank/{ranker}/{system}/seed{seed}.log",
    benchmark:
        RESULTS + "/benchmarks/rank/{ranker}/{system}/seed{seed}.tsv"
    wildcard_constraints:
        system=systems_of_kind("cosine"),
    params:
        corpus=RESULTS + "/corpus",
        languages=LANGUAGES,
        pairs=list(experiment.pairs),
        code=code("rank_cosine.py"),
    resources:
        mem_mb=1500,
    conda:
        "../../envs/training.yaml"
    script:
        "../scripts/rank_cosine.py"


rule rank_bm25:
    input:
        CORPUS_FILES,
        found=[f"{RESULTS}/bm25/{language}.parquet" for language in experiment.monolingual()],
        candidates=RESULTS + "/candidates.parquet",
    output:
        [f"{RUNS}{language}-{language}.parquet" for language in experiment.monolingual()],
    log:
        "logs/rank/{ranker}/{system}/seed{seed}.log",
    benchmark:
        RESULTS + "/benchmarks/rank/{ranker}/{system}/seed{seed}.tsv"
    wildcard_constraints:
        system=systems_of_kind("bm25"),
    params:
        corpus=RESULTS + "/corpus",
        languages=experiment.monolingual(),
        code=code("rank_bm25.py"),
    resources:
        mem_mb=500,
    conda:
        "../../envs/evaluation.yaml"
    script:
        "../scripts/rank_bm25.py"
