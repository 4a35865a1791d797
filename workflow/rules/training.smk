# Training data, plain or code-switched, and the rankers trained on it.


def lexicon_paths(wildcards):
    """Lexicons that a recipe switches with, one for each language."""
    recipe = experiment.recipes()[wildcards.data]
    languages = config["training"]["languages"] if "lexicon" in recipe else []
    return [f"{RESULTS}/lexicons/{recipe['lexicon']}/en-{language}.tsv" for language in languages]


def recipe_of(wildcards):
    """The training entry that a name of training data stands for."""
    return experiment.recipes()[wildcards.data]


def ranker_settings(wildcards):
    """Hyperparameters of a kernel ranker."""
    return {key: value for key, value in config["rankers"][wildcards.ranker].items() if key != "kind"}


rule training_data:
    input:
        CORPUS_FILES,
        candidates=RESULTS + "/candidates.parquet",
        lexicons=lexicon_paths,
    output:
        pairs=RESULTS + "/training/{data}/pairs.parquet",
        stats=RESULTS + "/training/{data}/stats.json",
    log:
        "logs/training_data/{data}.log",
    benchmark:
        RESULTS + "/benchmarks/training_data/{data}.tsv"
    params:
        corpus=RESULTS + "/corpus",
        recipe=recipe_of,
        rounds=config["training"]["rounds"],
        seed=config["training"]["seed"],
        code=code("training_data.py"),
    resources:
        mem_mb=700,
    conda:
        "../../envs/lexicon.yaml"
    script:
        "../scripts/training_data.py"


rule encode_training:
    input:
        pairs=RESULTS + "/training/{data}/pairs.parquet",
        encoder=ENCODER,
    output:
        RESULTS + "/training/{data}/encoded.safetensors",
    log:
        "logs/encode_training/{data}.log",
    benchmark:
        RESULTS + "/benchmarks/encode_training/{data}.tsv"
    params:
        code=code("encode_training.py"),
    resources:
        mem_mb=1300,
    conda:
        "../../envs/training.yaml"
    script:
        "../scripts/encode_training.py"


rule train:
    input:
        CORPUS_FILES,
        pairs=RESULTS + "/training/{data}/pairs.parquet",
        encoded=[RESULTS + "/training/{data}/encoded.safetensors", *encoded(["en"])],
        idf=RESULTS + "/encoded/idf.safetensors",
        candidates=RESULTS + "/candidates.parquet",
    output:
        model=RESULTS + "/models/{ranker}/{data}/seed{seed}/model.safetensors",
        config=RESULTS + "/models/{ranker}/{data}/seed{seed}/config.json",
        log=RESULTS + "/models/{ranker}/{data}/seed{seed}/log.csv",
    log:
        "logs/train/{ranker}/{data}/seed{seed}.log",
    benchmark:
        RESULTS + "/benchmarks/train/{ranker}/{data}/seed{seed}.tsv"
    params:
        corpus=RESULTS + "/corpus",
        settings=ranker_settings,
        checkpoint=f"{RESULTS}/checkpoints/{{ranker}}/{{data}}/seed{{seed}}.{code('train.py')}.safetensors",
        code=code("train.py"),
    resources:
        mem_mb=1300,
    conda:
        "../../envs/training.yaml"
    script:
        "../scripts/train.py"
