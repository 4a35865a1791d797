# Translate Test: the collection brought to English word by word, and encoded.
TRANSLATED = f"{RESULTS}/translated/{{lexicon}}"
OTHERS = [language for language in LANGUAGES if language != "en"]


rule translate:
    input:
        corpus=CORPUS_FILES,
        lexicons=[f"{RESULTS}/lexicons/{{lexicon}}/{language}-en.tsv" for language in OTHERS],
    output:
        [
            f"{TRANSLATED}/{language}/{side}.parquet"
            for language in LANGUAGES
            for side in ("queries", "passages")
        ],
        stats=f"{TRANSLATED}/stats.json",
    log:
        "logs/translate/{lexicon}.log",
    benchmark:
        f"{RESULTS}/benchmarks/translate/{{lexicon}}.tsv"
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=1000,
    params:
        corpus=corpus_folder,
        code=code("translate.py"),
    script:
        "../scripts/translate.py"


rule encode_translated:
    input:
        texts=[
            f"{TRANSLATED}/{language}/{side}.parquet"
            for language in LANGUAGES
            for side in ("queries", "passages")
        ],
        encoder=ENCODER,
    output:
        [f"{TRANSLATED}/encoded/{language}.safetensors" for language in LANGUAGES],
    log:
        "logs/encode_translated/{lexicon}.log",
    benchmark:
        f"{RESULTS}/benchmarks/encode_translated/{{lexicon}}.tsv"
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1000,
    params:
        code=code("encode_translated.py"),
    script:
        "../scripts/encode_translated.py"
