# Word vectors of each language, their alignment to the source language, lexicons of all kinds, and Translate Test.
VECTORS = f"{SHARED}/vectors/{experiment.config['vectors']['words']}"
LEXICON_NAMES = {key: name for name, key in paths.lexicon_keys.items()}


rule vectors:
    input:
        corpus=paths.corpus_files(),
        encoder=paths.asset(ENCODER),
    output:
        multiext(f"{VECTORS}/{{language}}", vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        paths.log("vectors", "{language}", SHARED),
    benchmark:
        paths.benchmark("vectors", "{language}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=paths.corpus,
        size=experiment.config["vectors"]["words"],
        code=code("vectors.py"),
    script:
        "../scripts/vectors.py"


rule alignment:
    input:
        multiext(f"{VECTORS}/{{language}}", vectors=".safetensors", words=".txt"),
        multiext(f"{VECTORS}/{SOURCE}", source_vectors=".safetensors", source_words=".txt"),
        names=paths.asset(NAMES),
    output:
        multiext(
            f"{VECTORS}/aligned-to-{SOURCE}/{{language}}",
            vectors=".safetensors",
            words=".txt",
            stats=".stats.json",
        ),
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


def lexicon_entry(wildcards):
    """What the config says of a lexicon."""
    return experiment.config["lexicons"][LEXICON_NAMES[wildcards.lexicon]]


def lexicon_needs(wildcards):
    """What a lexicon is made from, by its kind."""
    entry, needs = lexicon_entry(wildcards), LEXICONS[lexicon_entry(wildcards)["kind"]].needs
    languages = wildcards.source, wildcards.target
    files = {"names": paths.asset(NAMES)}
    if "vectors" in needs:
        for side, language in zip(("source", "target"), languages):
            vectors = paths.vectors(language, aligned=True)
            files |= {f"{side}_vectors": f"{vectors}.safetensors", f"{side}_words": f"{vectors}.txt"}
        (other,) = [language for language in languages if language != SOURCE]
        files["frequent"] = f"{paths.vectors(other)}.stats.json"
    if "lexicon" in needs:
        files["lexicon"] = f"{paths.lexicon(paths.lexicon_keys[entry['of']], *languages)}.tsv"
    if "file" in needs:
        files["file"] = f"{entry['folder']}/{languages[0]}-{languages[1]}.tsv"
    return files


def lexicon_code(wildcards):
    """The fingerprint of what makes a lexicon of this kind."""
    return code("lexicon.py", LEXICONS.file(lexicon_entry(wildcards)["kind"]))


rule lexicon:
    input:
        unpack(lexicon_needs),
        corpus=paths.corpus_files(),
    output:
        multiext(f"{SHARED}/lexicons/{{lexicon}}/{{source}}-{{target}}", lexicon=".tsv", stats=".stats.json"),
    log:
        paths.log("lexicon", "{lexicon}/{source}-{target}", SHARED),
    benchmark:
        paths.benchmark("lexicon", "{lexicon}/{source}-{target}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=900,
    params:
        corpus=paths.corpus,
        entry=lexicon_entry,
        source_language=SOURCE,
        code=lexicon_code,
    script:
        "../scripts/lexicon.py"


rule translate:
    input:
        corpus=paths.corpus_files(),
        lexicon=f"{SHARED}/lexicons/{{lexicon}}/{{language}}-{SOURCE}.tsv",
    output:
        queries=f"{SHARED}/translated/{{lexicon}}/{{language}}/queries.arrow",
        passages=f"{SHARED}/translated/{{lexicon}}/{{language}}/passages.arrow",
        stats=f"{SHARED}/translated/{{lexicon}}/{{language}}/stats.json",
    log:
        paths.log("translate", "{lexicon}/{language}", SHARED),
    benchmark:
        paths.benchmark("translate", "{lexicon}/{language}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=1000,
    params:
        corpus=paths.corpus,
        code=code("translate.py"),
    script:
        "../scripts/translate.py"
