# Word vectors of each language, their alignment to English, and the lexicons induced from them.
VECTORS = f"{RESULTS}/vectors"


rule vectors:
    input:
        corpus=CORPUS_FILES,
        encoder=ENCODER,
    output:
        multiext(f"{VECTORS}/{{language}}", vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        "logs/vectors/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/vectors/{{language}}.tsv"
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        size=config["lexicons"].get("clwe", {}).get("words"),
        code=code("vectors.py"),
    script:
        "../scripts/vectors.py"


rule alignment:
    input:
        multiext(f"{VECTORS}/{{language}}", vectors=".safetensors", words=".txt"),
        multiext(f"{VECTORS}/en", english=".safetensors", english_words=".txt"),
        dictionaries="resources/osm-tags",
    output:
        multiext(f"{VECTORS}/aligned/{{language}}", vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        "logs/alignment/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/alignment/{{language}}.tsv"
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        code=code("alignment.py"),
    script:
        "../scripts/alignment.py"


rule lexicon:
    input:
        multiext(f"{VECTORS}/aligned/{{language}}", vectors=".safetensors", words=".txt"),
        multiext(f"{VECTORS}/en", english=".safetensors", english_words=".txt"),
        corpus=CORPUS_FILES,
        dictionaries="resources/osm-tags",
    output:
        from_english=f"{RESULTS}/lexicons/clwe/en-{{language}}.tsv",
        to_english=f"{RESULTS}/lexicons/clwe/{{language}}-en.tsv",
        stats=f"{RESULTS}/lexicons/clwe/en-{{language}}.stats.json",
    log:
        "logs/lexicon/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/lexicon/{{language}}.tsv"
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=900,
    params:
        corpus=corpus_folder,
        settings=config["lexicons"].get("clwe"),
        code=code("lexicon.py"),
    script:
        "../scripts/lexicon.py"
