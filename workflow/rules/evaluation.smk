# Measures of the runs, cells with their statistics, and tables of cells.
for suffix, shard in SHARDS.items():

    rule:
        name:
            f"measure{suffix}"
        input:
            partial(measure_inputs, shard=shard),
            corpus=paths.corpus_index(),
        output:
            [paths.measures("{system}", pair) for pair in shard.pairs],
        log:
            paths.log("measure", f"{{system}}/{shard.name}"),
        benchmark:
            paths.benchmark("measure", f"{{system}}/{shard.name}")
        wildcard_constraints:
            system=one_of(shard.systems),
        conda:
            "../../envs/evaluation.yaml"
        resources:
            mem_mb=500,
        params:
            corpus=corpus_folder,
            metrics=experiment.metrics,
            mixed=partial(mixed_sides, shard=shard),
            files=partial(measure_params, shard=shard),
            code=code("measure.py"),
        script:
            "../scripts/measure.py"


for suffix, shard in SHARDS.items():

    rule:
        name:
            f"cells{suffix}"
        input:
            partial(cell_inputs, shard=shard),
            corpus=paths.corpus_index(),
            candidates=paths.candidates,
        output:
            [paths.cell("{system}", pair) for pair in shard.pairs],
        log:
            paths.log("cells", f"{{system}}/{shard.name}"),
        benchmark:
            paths.benchmark("cells", f"{{system}}/{shard.name}")
        wildcard_constraints:
            system=one_of(shard.systems),
        conda:
            "../../envs/evaluation.yaml"
        resources:
            mem_mb=700,
        params:
            corpus=corpus_folder,
            metrics=experiment.metrics,
            source_language=SOURCE,
            provenance=provenance,
            data=data_of_system,
            group_of=partial(groups_of_pairs, shard=shard),
            files=partial(cell_params, shard=shard),
            code=code("cells.py"),
        script:
            "../scripts/cells.py"


for number, shard in enumerate(shards({s: groups for s, groups in AVERAGED.items() if groups["averages"]})):

    rule:
        name:
            f"averages_{number}"
        input:
            partial(average_inputs, shard=shard),
            corpus=paths.corpus_index(),
            candidates=paths.candidates,
        output:
            [paths.cell("{system}", group) for group in shard.pairs],
        log:
            paths.log("averages", "{system}"),
        benchmark:
            paths.benchmark("averages", "{system}")
        wildcard_constraints:
            system=one_of(shard.systems),
        conda:
            "../../envs/evaluation.yaml"
        resources:
            mem_mb=700,
        params:
            corpus=corpus_folder,
            metrics=experiment.metrics,
            source_language=SOURCE,
            groups={group: experiment.groups[group] for group in shard.pairs},
            provenance=provenance,
            data=data_of_system,
            group_of={},
            files=partial(average_params, shard=shard),
            code=code("cells.py"),
        script:
            "../scripts/cells.py"


rule all_cells:
    input:
        flat(paths.cells()),
    output:
        report(
            f"{RESULTS}/cells.parquet",
            caption="../report/cells.rst",
            category="Tables",
            labels={"table": "all cells", "format": "Parquet"},
        ),
    log:
        paths.log("all_cells", "all_cells"),
    benchmark:
        paths.benchmark("all_cells", "all_cells")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        cells=arranged(paths.cells()),
        code=code("all_cells.py"),
    script:
        "../scripts/all_cells.py"


rule table:
    input:
        cell_files_of_group,
    output:
        csv=report(
            paths.table("{group}", "csv"),
            caption="../report/table.rst",
            category="Tables",
            labels={"table": "{group}", "format": "CSV"},
        ),
        tests=report(
            paths.table("{group}", "tests.csv"),
            caption="../report/tests.rst",
            category="Tables",
            labels={"table": "{group}, tests", "format": "CSV"},
        ),
        metrics=report(
            paths.table("{group}", "metrics.csv"),
            caption="../report/metrics.rst",
            category="Tables",
            labels={"table": "{group}, every metric", "format": "CSV"},
        ),
        latex=paths.table("{group}", "tex"),
    log:
        paths.log("table", "{group}"),
    benchmark:
        paths.benchmark("table", "{group}")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        pairs=pairs_of_group,
        cells=cells_of_group,
        references={system: experiment.reference_of(system) for system in experiment.systems},
        impossible={system: experiment.impossible(system) for system in experiment.systems},
        metrics=experiment.metrics,
        source_language=SOURCE,
        code=code("table.py"),
    script:
        "../scripts/table.py"


# Any two systems, by name: comparisons/ml-cs.vs.wiki-cs.csv
rule comparison:
    input:
        measures_to_compare,
    output:
        paths.comparison("{ours}", "{theirs}"),
    log:
        paths.log("comparison", "{ours}.vs.{theirs}"),
    benchmark:
        paths.benchmark("comparison", "{ours}.vs.{theirs}")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        ours=partial(compared, which="ours"),
        theirs=partial(compared, which="theirs"),
        groups=experiment.groups,
        metric=experiment.metrics[0],
        code=code("comparison.py"),
    script:
        "../scripts/comparison.py"
