# Runs and qrels for other tools, by name: trec/qrels.txt and trec/ml-cs/seed1/ar-it.run; `snakemake trec`: all.


rule trec:
    input:
        f"{RESULTS}/trec/qrels.txt",
        trec_paths(),
    localrule: True


rule trec_run:
    input:
        run_of,
    output:
        f"{RESULTS}/trec/{{system}}/seed{{seed}}/{{pair}}.run",
    log:
        "logs/trec/{system}/seed{seed}/{pair}.log",
    benchmark:
        f"{RESULTS}/benchmarks/trec/{{system}}/seed{{seed}}/{{pair}}.tsv"
    wildcard_constraints:
        system=before_their_own(experiment.systems),
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=300,
    params:
        code=code("trec_run.py"),
    script:
        "../scripts/trec_run.py"


rule trec_qrels:
    input:
        qrels=f"{RESULTS}/corpus/qrels.parquet",
        splits=f"{RESULTS}/corpus/splits.parquet",
    output:
        f"{RESULTS}/trec/qrels.txt",
    log:
        "logs/trec/qrels.log",
    benchmark:
        f"{RESULTS}/benchmarks/trec/qrels.tsv"
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=300,
    params:
        code=code("trec_qrels.py"),
    script:
        "../scripts/trec_qrels.py"
