# Word vectors of each language, their alignment to English, and lexicons of all kinds.
VECTORS = f"{RESULTS}/vectors"
LEXICON = f"{RESULTS}/lexicons/{{lexicon}}"


rule vectors:
    input:
        corpus=CORPUS_FILES,
        encoder=ENCODER,
    output:
        multiext(f"{VECTORS}/{{language}}", vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        "logs/vectors/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/vectors/{{language}}.tsv"
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=corpus_folder,
        size=config["vectors"]["words"],
        code=code("vectors.py"),
    script:
        "../scripts/vectors.py"


rule alignment:
    input:
        multiext(f"{VECTORS}/{{language}}", vectors=".safetensors", words=".txt"),
        multiext(f"{VECTORS}/en", english=".safetensors", english_words=".txt"),
        dictionaries="resources/osm-tags",
    output:
        multiext(f"{VECTORS}/aligned/{{language}}", vectors=".safetensors", words=".txt", stats=".stats.json"),
    log:
        "logs/alignment/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/alignment/{{language}}.tsv"
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=700,
    params:
        code=code("alignment.py"),
    script:
        "../scripts/alignment.py"


rule induced_lexicon:
    input:
        multiext(f"{VECTORS}/aligned/{{language}}", vectors=".safetensors", words=".txt"),
        multiext(f"{VECTORS}/en", english=".safetensors", english_words=".txt"),
        counts=f"{VECTORS}/{{language}}.stats.json",
        corpus=CORPUS_FILES,
        dictionaries="resources/osm-tags",
    output:
        from_english=f"{LEXICON}/en-{{language}}.tsv",
        to_english=f"{LEXICON}/{{language}}-en.tsv",
        stats=f"{LEXICON}/en-{{language}}.stats.json",
    log:
        "logs/lexicon/{lexicon}/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/lexicon/{{lexicon}}/{{language}}.tsv"
    wildcard_constraints:
        lexicon=lexicons_of_kind("induced"),
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=900,
    params:
        corpus=corpus_folder,
        settings=lexicon_settings,
        code=code("induced_lexicon.py"),
    script:
        "../scripts/induced_lexicon.py"


rule titles_lexicon:
    input:
        corpus=CORPUS_FILES,
        dictionaries="resources/osm-tags",
    output:
        from_english=f"{LEXICON}/en-{{language}}.tsv",
        to_english=f"{LEXICON}/{{language}}-en.tsv",
        stats=f"{LEXICON}/en-{{language}}.stats.json",
    log:
        "logs/lexicon/{lexicon}/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/lexicon/{{lexicon}}/{{language}}.tsv"
    wildcard_constraints:
        lexicon=lexicons_of_kind("titles"),
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=500,
    params:
        corpus=corpus_folder,
        code=code("titles_lexicon.py"),
    script:
        "../scripts/titles_lexicon.py"


# A control of training, so from English only.
rule shuffled_lexicon:
    input:
        source=lexicon_to_shuffle,
        corpus=CORPUS_FILES,
        dictionaries="resources/osm-tags",
    output:
        lexicon=f"{LEXICON}/en-{{language}}.tsv",
        stats=f"{LEXICON}/en-{{language}}.stats.json",
    log:
        "logs/lexicon/{lexicon}/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/lexicon/{{lexicon}}/{{language}}.tsv"
    wildcard_constraints:
        lexicon=lexicons_of_kind("shuffled"),
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=500,
    params:
        corpus=corpus_folder,
        settings=lexicon_settings,
        code=code("shuffled_lexicon.py"),
    script:
        "../scripts/shuffled_lexicon.py"


# A user's own: both directions are asked for apart, as only Translate Test needs the one into English.
rule own_lexicon:
    input:
        source=own_lexicon_file,
        corpus=CORPUS_FILES,
        dictionaries="resources/osm-tags",
    output:
        lexicon=f"{LEXICON}/en-{{language}}.tsv",
        stats=f"{LEXICON}/en-{{language}}.stats.json",
    log:
        "logs/lexicon/{lexicon}/{language}.log",
    benchmark:
        f"{RESULTS}/benchmarks/lexicon/{{lexicon}}/{{language}}.tsv"
    wildcard_constraints:
        lexicon=lexicons_of_kind("file"),
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=500,
    params:
        corpus=corpus_folder,
        code=code("own_lexicon.py"),
    script:
        "../scripts/own_lexicon.py"


rule own_lexicon_to_english:
    input:
        source=own_lexicon_file_to_english,
    output:
        lexicon=f"{LEXICON}/{{language}}-en.tsv",
    log:
        "logs/lexicon/{lexicon}/{language}-en.log",
    benchmark:
        f"{RESULTS}/benchmarks/lexicon/{{lexicon}}/{{language}}-en.tsv"
    wildcard_constraints:
        lexicon=lexicons_of_kind("file"),
    conda:
        "../../envs/lexicon.yaml"
    resources:
        mem_mb=500,
    params:
        code=code("own_lexicon_to_english.py"),
    script:
        "../scripts/own_lexicon_to_english.py"
