# The first stage: BM25, and the candidates that every pair shares.
BM25_LANGUAGES = sorted({"en", *experiment.monolingual()})


# One job for all languages, as most of a job's time would go into starting Java.
rule bm25:
    input:
        CORPUS_FILES,
    output:
        [f"{RESULTS}/bm25/{language}.parquet" for language in BM25_LANGUAGES],
    log:
        "logs/bm25.log",
    benchmark:
        RESULTS + "/benchmarks/bm25.tsv"
    params:
        corpus=RESULTS + "/corpus",
        k1=config["candidates"]["k1"],
        b=config["candidates"]["b"],
        code=code("bm25.py"),
    resources:
        mem_mb=1500,
    conda:
        "../../envs/retrieval.yaml"
    script:
        "../scripts/bm25.py"


rule candidates:
    input:
        CORPUS_FILES,
        bm25=RESULTS + "/bm25/en.parquet",
        encoded=encoded(["en"]) if config["candidates"]["method"] == "fused" else [],
    output:
        RESULTS + "/candidates.parquet",
    log:
        "logs/candidates.log",
    benchmark:
        RESULTS + "/benchmarks/candidates.tsv"
    params:
        corpus=RESULTS + "/corpus",
        settings=config["candidates"],
        code=code("candidates.py"),
    resources:
        mem_mb=700,
    conda:
        "../../envs/training.yaml"
    script:
        "../scripts/candidates.py"
