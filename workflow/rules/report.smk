# The report, and runs and qrels for other tools: trec/qrels.txt, trec/ml-cs/seed1/ar-it.run; `snakemake trec`: all.
REPORT_FILES = {name: files for name, files in report_files(plan).items() if files}


rule report:
    input:
        flat(REPORT_FILES),
    output:
        page=shown(f"{RESULTS}/report.html", "report", category="Report", collection=COLLECTION["kind"]),
        headline=f"{RESULTS}/headline.txt",
    log:
        paths.log("report", "report"),
    benchmark:
        paths.benchmark("report", "report")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        files=arranged(REPORT_FILES),
        config=report_config(plan),
        data=sorted({folder for system in experiment.systems for folder in paths.assets_of(system)}),
        code=code("report.py", *(WORKFLOW / "switchrank" / "report" / "templates").iterdir()),
    script:
        "../scripts/report.py"


rule trec:
    input:
        paths.trec_qrels,
        paths.trec_runs(),
    localrule: True


rule trec_run:
    input:
        paths.run("{system}", "{seed}", "{pair}"),
    output:
        paths.trec_run("{system}", "{seed}", "{pair}"),
    log:
        paths.log("trec_run", "{system}/seed{seed}/{pair}"),
    benchmark:
        paths.benchmark("trec_run", "{system}/seed{seed}/{pair}")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=300,
    params:
        tag="{system}-seed{seed}",
        code=code("trec_run.py"),
    script:
        "../scripts/trec_run.py"


rule trec_qrels:
    input:
        paths.corpus_files(),
    output:
        paths.trec_qrels,
    log:
        paths.log("trec_qrels", "qrels"),
    benchmark:
        paths.benchmark("trec_qrels", "qrels")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=300,
    params:
        corpus=arranged(paths.corpus),
        code=code("trec_qrels.py"),
    script:
        "../scripts/trec_qrels.py"
