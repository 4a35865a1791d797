# What the report shows beside the cells: overlap of tokens, splits of the candidates, texts cut off, bias for
# languages, neighbours in the ranking of systems, the fall from the source language, and costs.
benchmarks = Benchmarks(paths, SHARDS)
OVERLAP_RUNS, BIAS_RUNS = plan.overlap_runs(), plan.bias_runs()
OVERLAP_ENCODINGS = paths.encodings_by_language("collection", plan.overlap_languages())
MEASURES = {system: paths.measures_of(system) for system in experiment.systems}
FALL_MEASURES = plan.fall_measures()


rule overlap:
    input:
        flat([OVERLAP_RUNS, OVERLAP_ENCODINGS]),
        corpus=paths.corpus_index(),
    output:
        paths.analysis("overlap.parquet"),
    log:
        paths.log("overlap", "overlap"),
    benchmark:
        paths.benchmark("overlap", "overlap")
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=1000,
    params:
        runs=arranged(OVERLAP_RUNS),
        pairs=arranged(experiment.pairs),
        encodings=arranged(OVERLAP_ENCODINGS),
        corpus=arranged(paths.corpus),
        code=code("overlap.py"),
    script:
        "../scripts/overlap.py"


rule candidate_splits:
    input:
        corpus=paths.corpus_index(),
        candidates=paths.candidates,
    output:
        paths.analysis("candidates.json"),
    log:
        paths.log("candidate_splits", "candidate_splits"),
    benchmark:
        paths.benchmark("candidate_splits", "candidate_splits")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=300,
    params:
        corpus=arranged(paths.corpus),
        code=code("candidate_splits.py"),
    script:
        "../scripts/candidate_splits.py"


rule truncated:
    input:
        flat(paths.encodings_by_language("collection")),
    output:
        paths.analysis("truncated.json"),
    log:
        paths.log("truncated", "truncated"),
    benchmark:
        paths.benchmark("truncated", "truncated")
    conda:
        "../../envs/training.yaml"
    resources:
        mem_mb=500,
    params:
        encodings=arranged(paths.encodings_by_language("collection")),
        limits=plan.token_limits(),
        code=code("truncated.py"),
    script:
        "../scripts/truncated.py"


rule bias:
    input:
        flat(BIAS_RUNS),
        corpus=paths.corpus_index(),
    output:
        bias=paths.analysis("bias.parquet"),
        same_language=paths.analysis("same_language.parquet"),
    log:
        paths.log("bias", "bias"),
    benchmark:
        paths.benchmark("bias", "bias")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        runs=arranged(BIAS_RUNS),
        pairs=arranged(experiment.pairs),
        corpus=arranged(paths.corpus),
        metric=METRIC,
        code=code("bias.py"),
    script:
        "../scripts/bias.py"


rule neighbours:
    input:
        flat(MEASURES),
    output:
        paths.analysis("neighbours.parquet"),
    log:
        paths.log("neighbours", "neighbours"),
    benchmark:
        paths.benchmark("neighbours", "neighbours")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        measures=arranged(MEASURES),
        groups=experiment.groups,
        metric=METRIC,
        code=code("neighbours.py"),
    script:
        "../scripts/neighbours.py"


rule fall:
    input:
        flat(FALL_MEASURES),
    output:
        paths.analysis("fall.json"),
    log:
        paths.log("fall", "fall"),
    benchmark:
        paths.benchmark("fall", "fall")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        measures=arranged(FALL_MEASURES),
        source=str(experiment.source_pair),
        across=experiment.groups.get(ACROSS),
        metric=METRIC,
        code=code("fall.py"),
    script:
        "../scripts/fall.py"


# Reads the benchmarks of the jobs that its inputs come from.
rule costs:
    input:
        flat(paths.cells()),
        [f"{model}/model.safetensors" for system in experiment.systems for model in paths.models_of(system)],
    output:
        systems=paths.analysis("costs.parquet"),
        seen=paths.analysis("costs_of_seen_pairs.parquet"),
        stages=paths.analysis("stages.parquet"),
    log:
        paths.log("costs", "costs"),
    benchmark:
        paths.benchmark("costs", "costs")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        systems=arranged(benchmarks.of_systems(list(experiment.pairs))),
        seen=arranged(benchmarks.of_systems(list(experiment.seen_pairs))),
        stages=arranged(benchmarks.of_stages()),
        code=code("costs.py"),
    script:
        "../scripts/costs.py"
