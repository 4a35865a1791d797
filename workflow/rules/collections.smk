# The collection's texts, and what the frozen encoder makes of the texts of every view.


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
        entry=experiment.config["collection"],
        languages=experiment.languages,
        folder=corpus_output,
        code=code("corpus.py", COLLECTIONS.file(experiment.config["collection"]["kind"])),
    script:
        "../scripts/corpus.py"


rule encode:
    input:
        unpack(texts_to_encode),
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
