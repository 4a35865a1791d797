# Word vectors of each language, their alignment to English, and the lexicons induced from them.
VECTORS = RESULTS + "/vectors"


rule vectors:
    input:
        CORPUS_FILES,
        encoder=ENCODER,
    output:
        multiext(VECTORS + "/{language}", vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        "logs/vectors/{language}.log",
    benchmark:
        RESULTS + "/benchmarks/vectors/{language}.tsv"
    params:
        corpus=RESULTS + "/corpus",
        size=config["lexicons"].get("clwe", {}).get("words"),
        code=code("vectors.py"),
    resources:
        mem_mb=700,
    conda:
        "../../envs/lexicon.yaml"
    script:
        "../scripts/vectors.py"


rule alignment:
    input:
        multiext(VECTORS + "/{language}", vectors=".safetensors", words=".txt"),
        multiext(VECTORS + "/en", english=".safetensors", english_words=".txt"),
        dictionaries="resources/osm-tags",
    output:
        multiext(VECTORS + "/aligned/{language}", vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        "logs/alignment/{language}.log",
    benchmark:
        RESULTS + "/benchmarks/alignment/{language}.tsv"
    params:
        code=code("alignment.py"),
    resources:
        mem_mb=700,
    conda:
        "../../envs/lexicon.yaml"
    script:
        "../scripts/alignment.py"


rule lexicon:
    input:
        CORPUS_FILES,
        multiext(VECTORS + "/aligned/{language}", vectors=".safetensors", words=".txt"),
        multiext(VECTORS + "/en", english=".safetensors", english_words=".txt"),
        dictionaries="resources/osm-tags",
    output:
        from_english=RESULTS + "/lexicons/clwe/en-{language}.tsv",
        to_english=RESULTS + "/lexicons/clwe/{language}-en.tsv",
        stats=RESULTS + "/lexicons/clwe/en-{language}.stats.json",
    log:
        "logs/lexicon/{language}.log",
    benchmark:
        RESULTS + "/benchmarks/lexicon/{language}.tsv"
    params:
        corpus=RESULTS + "/corpus",
        settings=config["lexicons"].get("clwe"),
        code=code("lexicon.py"),
    resources:
        mem_mb=900,
    conda:
        "../../envs/lexicon.yaml"
    script:
        "../scripts/lexicon.py"
