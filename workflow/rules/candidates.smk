# The first stage: BM25, and the candidates that every pair shares.
BM25_LANGUAGES = sorted({"en", *experiment.monolingual()})


# One job for all languages, as most of a job's time would go into starting Java.
rule bm25:
    input:
        corpus=CORPUS_FILES,
    output:
        [f"{RESULTS}/bm25/{language}.parquet" for language in BM25_LANGUAGES],
    log:
        "logs/bm25.log",
    benchmark:
        f"{RESULTS}/benchmarks/bm25.tsv"
    conda:
        "../../envs/retrieval.yaml"
    resources:
        mem_mb=1500,
    params:
        corpus=corpus_folder,
        k1=config["candidates"]["k1"],
        b=config["candidates"]["b"],
        code=code("bm25.py"),
    script:
        "../scripts/bm25.py"


rule candidates:
    input:
        corpus=CORPUS_FILES,
        bm25=f"{RESULTS}/bm25/en.parquet",
        encoded=encoded(["en"]) if config["candidates"]["method"] == "fused" else [],
    output:
        f"{RESULTS}/candidates.parquet",
    log:
        "logs/candidates.log",
    benchmark:
        f"{RESULTS}/benchmarks/candidates.tsv"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        settings=config["candidates"],
        code=code("candidates.py"),
    script:
        "../scripts/candidates.py"
