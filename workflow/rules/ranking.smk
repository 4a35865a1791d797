# Runs: the candidates of the test queries, scored on every pair. One job loads a model and scores all pairs, or,
# for systems that are made pair by pair, one.
RUNS = f"{RESULTS}/runs/{{ranker}}/{{system}}/seed{{seed}}"


rule rank_kernel:
    input:
        texts_of_system,
        corpus=CORPUS_FILES,
        model=model_of,
        encoded=encoded_of_system,
        candidates=f"{RESULTS}/candidates.parquet",
    output:
        [f"{RUNS}/{pair}.parquet" for pair in experiment.pairs],
    log:
        "logs/rank/{ranker}/{system}/seed{seed}.log",
    benchmark:
        f"{RESULTS}/benchmarks/rank/{{ranker}}/{{system}}/seed{{seed}}.tsv"
    wildcard_constraints:
        system=systems_made(False, "kernel"),
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1500,
    params:
        corpus=corpus_folder,
        texts=text_folder,
        pairs=list(experiment.pairs),
        code=code("rank_kernel.py"),
    script:
        "../scripts/rank_kernel.py"


use rule rank_kernel as rank_pair with:
    output:
        f"{RUNS}/{{pair}}.parquet",
    log:
        "logs/rank/{ranker}/{system}/seed{seed}/{pair}.log",
    benchmark:
        f"{RESULTS}/benchmarks/rank/{{ranker}}/{{system}}/seed{{seed}}/{{pair}}.tsv"
    wildcard_constraints:
        system=systems_made(True, "kernel"),
    params:
        corpus=corpus_folder,
        texts=text_folder,
        code=code("rank_kernel.py"),


rule rank_cosine:
    input:
        corpus=CORPUS_FILES,
        encoded=encoded(LANGUAGES),
        candidates=f"{RESULTS}/candidates.parquet",
    output:
        [f"{RUNS}/{pair}.parquet" for pair in experiment.pairs],
    log:
        "logs/rank/{ranker}/{system}/seed{seed}.log",
    benchmark:
        f"{RESULTS}/benchmarks/rank/{{ranker}}/{{system}}/seed{{seed}}.tsv"
    wildcard_constraints:
        system=systems_made(False, "cosine"),
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1500,
    params:
        corpus=corpus_folder,
        languages=LANGUAGES,
        pairs=list(experiment.pairs),
        code=code("rank_cosine.py"),
    script:
        "../scripts/rank_cosine.py"


rule rank_bm25:
    input:
        corpus=CORPUS_FILES,
        found=[f"{RESULTS}/bm25/{language}.parquet" for language in experiment.monolingual()],
        candidates=f"{RESULTS}/candidates.parquet",
    output:
        [f"{RUNS}/{language}-{language}.parquet" for language in experiment.monolingual()],
    log:
        "logs/rank/{ranker}/{system}/seed{seed}.log",
    benchmark:
        f"{RESULTS}/benchmarks/rank/{{ranker}}/{{system}}/seed{{seed}}.tsv"
    wildcard_constraints:
        system=systems_made(False, "bm25"),
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=500,
    params:
        corpus=corpus_folder,
        languages=experiment.monolingual(),
        code=code("rank_bm25.py"),
    script:
        "../scripts/rank_bm25.py"
