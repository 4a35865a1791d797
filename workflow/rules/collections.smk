# Downloads, pretrained models, the collection's texts, and what the frozen encoder makes of the texts of every view.


rule asset:
    output:
        directory("resources/{asset}"),
    log:
        "resources/logs/{asset}.log",
    benchmark:
        "resources/benchmarks/{asset}.tsv"
    localrule: True
    conda:
        "../../envs/download.yaml"
    resources:
        mem_mb=300,
    params:
        spec=lookup(dpath="{asset}", within=ASSETS),
        mirror=arranged(experiment.config.get("mirror")),
        code=code_of_kind("asset.py", KINDS_OF_ASSETS, ASSETS, "asset"),
    script:
        "../scripts/asset.py"


rule pretrained:
    input:
        unpack(needed_for_pretrained),
    output:
        directory("resources/pretrained/{pretrained}"),
    log:
        "resources/logs/pretrained/{pretrained}.log",
    benchmark:
        "resources/benchmarks/pretrained/{pretrained}.tsv"
    localrule: True
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=2500,
    params:
        entry=arranged(PRETRAINED_ENTRIES.get, "pretrained"),
        mirror=arranged(experiment.config.get("mirror")),
        code=code_of_kind("pretrained.py", PRETRAINED, PRETRAINED_ENTRIES, "pretrained"),
    script:
        "../scripts/pretrained.py"


rule corpus:
    input:
        [paths.asset(name) for name in experiment.collection.assets],
    output:
        paths.corpus_files(),
        stats=paths.corpus_stats,
    log:
        paths.log("corpus", "corpus", SHARED),
    benchmark:
        paths.benchmark("corpus", "corpus", SHARED)
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        assets=dict(zip(experiment.collection.assets, map(paths.asset, experiment.collection.assets))),
        entry=COLLECTION,
        languages=experiment.languages,
        folder=arranged(paths.corpus),
        code=code("corpus.py", COLLECTIONS.file(COLLECTION["kind"])),
    script:
        "../scripts/corpus.py"


rule encode:
    input:
        files_of(paths.texts, "view", "language"),
        encoder=paths.asset(ENCODER),
    output:
        paths.encodings("{view}", "{language}"),
    log:
        paths.log("encode", "{view}/{language}", SHARED),
    benchmark:
        paths.benchmark("encode", "{view}/{language}", SHARED)
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1300,
    params:
        texts=arranged(paths.view_folder, "view"),
        code=code("encode.py"),
    script:
        "../scripts/encode.py"


rule idf:
    input:
        flat(paths.encodings_by_language("collection")),
    output:
        paths.idf,
    log:
        paths.log("idf", "idf", SHARED),
    benchmark:
        paths.benchmark("idf", "idf", SHARED)
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=500,
    params:
        encodings=arranged(paths.encodings_by_language("collection")),
        code=code("idf.py"),
    script:
        "../scripts/idf.py"
