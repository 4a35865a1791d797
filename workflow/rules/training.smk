# Training data, plain or code-switched, the rankers trained on it, and those chosen among them on dev; each seed has
# its own.
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
    wildcard_constraints:
        ranker=one_of(RANKER_ENTRIES.keys() - choices.names),
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
        other_pairs=given(other_dev_pairs, "ranker"),
        checkpoint=checkpoint,
        code=train_code,
    script:
        "../scripts/train.py"


# A ranker that is one of several: their models are compared on dev, and those of the best are copied.
rule choose:
    input:
        files_of(read_to_choose, "ranker"),
        files_of(choices.model_files, "ranker", "data"),
        corpus=paths.corpus_index(),
        candidates=paths.candidates,
    output:
        choices.chosen_files("{ranker}", "{data}"),
        choice=paths.choice("{ranker}", "{data}"),
    log:
        paths.log("choose", "{ranker}/{data}", SHARED),
    benchmark:
        paths.benchmark("choose", "{ranker}/{data}", SHARED)
    wildcard_constraints:
        ranker=one_of(choices.names),
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1500,
    params:
        corpus=arranged(paths.corpus),
        entry=lookup(dpath="{ranker}", within=RANKER_ENTRIES),
        models=arranged(choices.models, "ranker", "data"),
        folders=arranged(choices.chosen, "ranker", "data"),
        reads=arranged(read_to_choose, "ranker"),
        pairs=arranged(choices.pairs, "ranker"),
        metric=METRIC,
        code=code_of_kind("choose.py", RANKERS, RANKER_ENTRIES, "ranker"),
    script:
        "../scripts/choose.py"
