# Training data, plain or code-switched, and the rankers trained on it.
RECIPES = {key: experiment.recipes[name] for name, key in paths.data_keys.items()}
DATA_NAMES = {key: name for name, key in paths.data_keys.items()}
RANKER_ENTRIES = {key: experiment.config["rankers"][name] for name, key in paths.ranker_keys.items()}


def lexicons_of_data(wildcards):
    """Language → lexicon that a recipe switches with."""
    return paths.switching_lexicons(RECIPES[wildcards.data])


def lexicon_files_of_data(wildcards):
    """The same as a list."""
    return flat(lexicons_of_data(wildcards))


def recipe_of(wildcards):
    """How training data are made."""
    return vars(RECIPES[wildcards.data])


rule training_data:
    input:
        lexicon_files_of_data,
        corpus=paths.corpus_files(),
        candidates=paths.candidates,
    output:
        instances=f"{SHARED}/training/{{data}}/instances.parquet",
        queries=f"{SHARED}/training/{{data}}/{SOURCE}/queries.arrow",
        passages=f"{SHARED}/training/{{data}}/{SOURCE}/passages.arrow",
        stats=f"{SHARED}/training/{{data}}/stats.json",
    log:
        paths.log("training_data", "{data}", SHARED),
    benchmark:
        paths.benchmark("training_data", "{data}", SHARED)
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=paths.corpus,
        lexicons=lexicons_of_data,
        recipe=recipe_of,
        source_language=SOURCE,
        rounds=experiment.config["training"]["rounds"],
        seed=experiment.config["training"]["seed"],
        code=code("training_data.py"),
    script:
        "../scripts/training_data.py"


def ranker_entry(wildcards):
    """What the config says of a ranker."""
    return RANKER_ENTRIES[wildcards.ranker]


def ranker_needs(wildcards):
    """What the kind of a ranker needs."""
    return RANKERS[ranker_entry(wildcards)["kind"]].needs


def training_encodings(wildcards):
    """View → language → encodings that a ranker reads while it is trained."""
    return (
        paths.training_encodings(DATA_NAMES[wildcards.data]) if "encodings" in ranker_needs(wildcards) else {}
    )


def training_texts(wildcards):
    """The folder of the texts that were made to be trained on; none where the collection's are."""
    return paths.training(wildcards.data) if RECIPES[wildcards.data].switched else None


def training_needs(wildcards):
    """All files that training needs beside its data."""
    idf = [paths.idf] if "idf" in ranker_needs(wildcards) else []
    return [*flat(training_encodings(wildcards)), *idf]


def training_idf(wildcards):
    """The weights of the encoder's pieces, where they are needed."""
    return paths.idf if "idf" in ranker_needs(wildcards) else None


def train_code(wildcards):
    """The fingerprint of what trains this kind of ranker."""
    return code("train.py", RANKERS.file(ranker_entry(wildcards)["kind"]))


def checkpoint(wildcards):
    """What a killed training goes on from."""
    folder = paths.model(wildcards.ranker, wildcards.data, wildcards.seed)
    return f"{folder.replace('/models/', '/checkpoints/')}.{train_code(wildcards)}.safetensors"


rule train:
    input:
        training_needs,
        corpus=paths.corpus_files(),
        instances=f"{SHARED}/training/{{data}}/instances.parquet",
        texts=multiext(f"{SHARED}/training/{{data}}/{SOURCE}/", "queries.arrow", "passages.arrow"),
        candidates=paths.candidates,
    output:
        model=f"{SHARED}/models/{{ranker}}/{{data}}/seed{{seed}}/model.safetensors",
        config=f"{SHARED}/models/{{ranker}}/{{data}}/seed{{seed}}/config.json",
        log=f"{SHARED}/models/{{ranker}}/{{data}}/seed{{seed}}/log.csv",
    log:
        paths.log("train", "{ranker}/{data}/seed{seed}", SHARED),
    benchmark:
        paths.benchmark("train", "{ranker}/{data}/seed{seed}", SHARED)
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1300,
    params:
        corpus=paths.corpus,
        entry=ranker_entry,
        view=training_texts,
        encodings=training_encodings,
        idf=training_idf,
        pair=experiment.source_pair,
        metric=experiment.metrics[0],
        checkpoint=checkpoint,
        code=train_code,
    script:
        "../scripts/train.py"
