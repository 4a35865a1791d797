# Training data, plain or code-switched, and the rankers trained on it.


rule training_data:
    input:
        corpus=CORPUS_FILES,
        candidates=f"{RESULTS}/candidates.parquet",
        lexicons=lexicon_paths,
    output:
        pairs=f"{RESULTS}/training/{{data}}/pairs.parquet",
        stats=f"{RESULTS}/training/{{data}}/stats.json",
    log:
        "logs/training_data/{data}.log",
    benchmark:
        f"{RESULTS}/benchmarks/training_data/{{data}}.tsv"
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        recipe=recipe_of,
        rounds=config["training"]["rounds"],
        seed=config["training"]["seed"],
        code=code("training_data.py"),
    script:
        "../scripts/training_data.py"


rule encode_training:
    input:
        pairs=f"{RESULTS}/training/{{data}}/pairs.parquet",
        encoder=ENCODER,
    output:
        f"{RESULTS}/training/{{data}}/encoded.safetensors",
    log:
        "logs/encode_training/{data}.log",
    benchmark:
        f"{RESULTS}/benchmarks/encode_training/{{data}}.tsv"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1300,
    params:
        code=code("encode_training.py"),
    script:
        "../scripts/encode_training.py"


rule train:
    input:
        corpus=CORPUS_FILES,
        pairs=f"{RESULTS}/training/{{data}}/pairs.parquet",
        encoded=encoded_training,
        idf=f"{RESULTS}/encoded/idf.safetensors",
        candidates=f"{RESULTS}/candidates.parquet",
    output:
        model=f"{RESULTS}/models/{{ranker}}/{{data}}/seed{{seed}}/model.safetensors",
        config=f"{RESULTS}/models/{{ranker}}/{{data}}/seed{{seed}}/config.json",
        log=f"{RESULTS}/models/{{ranker}}/{{data}}/seed{{seed}}/log.csv",
    log:
        "logs/train/{ranker}/{data}/seed{seed}.log",
    benchmark:
        f"{RESULTS}/benchmarks/train/{{ranker}}/{{data}}/seed{{seed}}.tsv"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1300,
    params:
        corpus=corpus_folder,
        settings=ranker_settings,
        checkpoint=f"{RESULTS}/checkpoints/{{ranker}}/{{data}}/seed{{seed}}.{code('train.py')}.safetensors",
        code=code("train.py"),
    script:
        "../scripts/train.py"
