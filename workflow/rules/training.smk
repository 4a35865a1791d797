# Training data, plain or code-switched, and the rankers trained on it; each seed has its own.
DATA = paths.training("{data}", "{seed}")
MODEL = paths.model("{ranker}", "{data}", "{seed}")


rule training_data:
    input:
        files_of(switching_lexicons, "data"),
        corpus=paths.corpus_files(),
        candidates=paths.candidates,
    output:
        multiext(f"{DATA}/{SOURCE}/", "queries.arrow", "passages.arrow"),
        instances=f"{DATA}/instances.parquet",
        stats=f"{DATA}/stats.json",
    log:
        paths.log("training_data", "{data}/seed{seed}", SHARED),
    benchmark:
        paths.benchmark("training_data", "{data}/seed{seed}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=arranged(paths.corpus),
        lexicons=arranged(switching_lexicons, "data"),
        recipe=lookup(dpath="{data}", within={key: vars(recipe) for key, recipe in RECIPES.items()}),
        source_language=SOURCE,
        rounds=experiment.config["training"]["rounds"],
        code=code("training_data.py"),
    script:
        "../scripts/training_data.py"


rule train:
    input:
        files_of(read_in_training, "ranker", "data", "seed"),
        multiext(f"{DATA}/{SOURCE}/", "queries.arrow", "passages.arrow"),
        corpus=paths.corpus_index(),
        instances=f"{DATA}/instances.parquet",
        candidates=paths.candidates,
    output:
        multiext(f"{MODEL}/", model="model.safetensors", config="config.json", log="log.csv"),
    log:
        paths.log("train", "{ranker}/{data}/seed{seed}", SHARED),
    benchmark:
        paths.benchmark("train", "{ranker}/{data}/seed{seed}", SHARED)
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1300,
    params:
        corpus=arranged(paths.corpus),
        entry=lookup(dpath="{ranker}", within=RANKER_ENTRIES),
        texts=arranged(training_texts, "data", "seed"),
        reads=arranged(read_in_training, "ranker", "data", "seed"),
        pair=experiment.source_pair,
        checkpoint=checkpoint,
        code=train_code,
    script:
        "../scripts/train.py"
