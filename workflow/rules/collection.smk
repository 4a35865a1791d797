# The collection's texts, and what the frozen encoder makes of them, once.


rule corpus:
    input:
        "resources/cldr",
    output:
        CORPUS_FILES,
        stats=f"{RESULTS}/corpus/stats.json",
    log:
        "logs/corpus.log",
    benchmark:
        f"{RESULTS}/benchmarks/corpus.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        languages=LANGUAGES,
        split=config["split"],
        limit=config.get("limit"),
        code=code("corpus.py"),
    script:
        "../scripts/corpus.py"


rule encode_corpus:
    input:
        corpus=CORPUS_FILES,
        encoder=ENCODER,
    output:
        encoded(LANGUAGES),
        idf=f"{RESULTS}/encoded/idf.safetensors",
    log:
        "logs/encode_corpus.log",
    benchmark:
        f"{RESULTS}/benchmarks/encode_corpus.tsv"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1000,
    params:
        corpus=corpus_folder,
        languages=LANGUAGES,
        code=code("encode_corpus.py"),
    script:
        "../scripts/encode_corpus.py"
