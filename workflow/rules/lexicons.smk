# Word vectors of each language, their alignment to the source language, lexicons of all kinds, and Translate Test.
VECTORS, ALIGNED = paths.vectors("{language}"), paths.vectors("{language}", aligned=True)
TRANSLATED = paths.translated("{lexicon}", "{language}")


rule vectors:
    input:
        corpus=paths.corpus_files(),
        encoder=paths.asset(ENCODER),
    output:
        multiext(VECTORS, vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        paths.log("vectors", "{language}", SHARED),
    benchmark:
        paths.benchmark("vectors", "{language}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=arranged(paths.corpus),
        size=experiment.config["vectors"]["words"],
        code=code("vectors.py"),
    script:
        "../scripts/vectors.py"


rule alignment:
    input:
        multiext(VECTORS, vectors=".safetensors", words=".txt"),
        multiext(paths.vectors(SOURCE), source_vectors=".safetensors", source_words=".txt"),
        names=paths.asset(NAMES),
    output:
        multiext(ALIGNED, vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        paths.log("alignment", "{language}", SHARED),
    benchmark:
        paths.benchmark("alignment", "{language}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        source_language=SOURCE,
        code=code("alignment.py"),
    script:
        "../scripts/alignment.py"


rule lexicon:
    input:
        unpack(needed_for_lexicon),
        names=paths.asset(NAMES),
        corpus=paths.corpus_files(),
    output:
        multiext(paths.lexicon("{lexicon}", "{source}", "{target}"), lexicon=".tsv", stats=".stats.json"),
    log:
        paths.log("lexicon", "{lexicon}/{source}-{target}", SHARED),
    benchmark:
        paths.benchmark("lexicon", "{lexicon}/{source}-{target}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=900,
    params:
        corpus=arranged(paths.corpus),
        entry=arranged(LEXICON_ENTRIES.get, "lexicon"),
        source_language=SOURCE,
        code=code_of_kind("lexicon.py", LEXICONS, LEXICON_ENTRIES, "lexicon"),
    script:
        "../scripts/lexicon.py"


rule translate:
    input:
        corpus=paths.corpus_files(),
        lexicon=f"{paths.lexicon('{lexicon}', '{language}', SOURCE)}.tsv",
    output:
        multiext(f"{TRANSLATED}/", "queries.arrow", "passages.arrow"),
        stats=f"{TRANSLATED}/stats.json",
    log:
        paths.log("translate", "{lexicon}/{language}", SHARED),
    benchmark:
        paths.benchmark("translate", "{lexicon}/{language}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=1000,
    params:
        corpus=arranged(paths.corpus),
        source_language=SOURCE,
        code=code("translate.py"),
    script:
        "../scripts/translate.py"
