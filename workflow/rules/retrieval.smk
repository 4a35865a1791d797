# The first stage: BM25, and the candidates of every query; and these without the words that queries have too.
BM25 = {language: paths.bm25(language) for language in experiment.languages}
CANDIDATES = experiment.config["candidates"]
FUSED = paths.encodings_by_language("collection", [SOURCE] if CANDIDATES["method"] == "fused" else [])
MASKED = f"{paths.view_folder('{masked}')}/{{language}}"


# One job for all languages, as most of a job's time would go into starting Java.
rule bm25:
    input:
        paths.corpus_files(),
    output:
        flat(BM25),
    log:
        paths.log("bm25", paths.bm25_key, SHARED),
    benchmark:
        paths.benchmark("bm25", paths.bm25_key, SHARED)
    conda:
        "../../envs/retrieval.yaml"
    resources:
        mem_mb=1500,
    params:
        corpus=arranged(paths.corpus),
        runs=arranged(BM25),
        k1=CANDIDATES["k1"],
        b=CANDIDATES["b"],
        code=code("bm25.py"),
    script:
        "../scripts/bm25.py"


rule candidates:
    input:
        flat(FUSED),
        corpus=paths.corpus_files(),
        bm25=[] if CANDIDATES["method"] == "given" else paths.bm25(SOURCE),
    output:
        paths.candidates,
    log:
        paths.log("candidates", paths.candidates_key, SHARED),
    benchmark:
        paths.benchmark("candidates", paths.candidates_key, SHARED)
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=arranged(paths.corpus),
        entry=CANDIDATES,
        source_language=SOURCE,
        encodings=arranged(FUSED),
        code=code("candidates.py"),
    script:
        "../scripts/candidates.py"


rule mask:
    input:
        corpus=paths.corpus_files(),
        candidates=paths.candidates,
    output:
        multiext(f"{MASKED}/", "queries.arrow", "passages.arrow"),
        stats=f"{MASKED}/stats.json",
    log:
        paths.log("mask", "{masked}/{language}", SHARED),
    benchmark:
        paths.benchmark("mask", "{masked}/{language}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=arranged(paths.corpus),
        pair=given(lambda view: experiment.pairs[paths.masked_pairs[view]], "masked"),
        code=code("mask.py"),
    script:
        "../scripts/mask.py"
