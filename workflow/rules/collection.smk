# The collection's texts, and what the frozen encoder makes of them, once.


rule corpus:
    input:
        "resources/cldr",
    output:
        CORPUS_FILES,
        stats=RESULTS + "/corpus/stats.json",
    log:
        "logs/corpus.log",
    benchmark:
        RESULTS + "/benchmarks/corpus.tsv"
    params:
        folder=RESULTS + "/corpus",
        languages=LANGUAGES,
        split=config["split"],
        limit=config.get("limit"),
        code=code("corpus.py"),
    resources:
        mem_mb=500,
    conda:
        "../../envs/evaluation.yaml"
    script:
        "../scripts/corpus.py"


rule encode_corpus:
    input:
        CORPUS_FILES,
        encoder=ENCODER,
    output:
        encoded(LANGUAGES),
        idf=RESULTS + "/encoded/idf.safetensors",
    log:
        "logs/encode_corpus.log",
    benchmark:
        RESULTS + "/benchmarks/encode_corpus.tsv"
    params:
        corpus=RESULTS + "/corpus",
        languages=LANGUAGES,
        code=code("encode_corpus.py"),
    resources:
        mem_mb=1000,
    conda:
        "../../envs/training.yaml"
    script:
        "../scripts/encode_corpus.py"
