# Runs: the candidates of the test queries, scored on all pairs of a shard; their measures; cells with their
# statistics; and tables of cells.
for suffix, shard in SHARDS.items():

    rule:
        name:
            f"rank{suffix}"
        input:
            partial(shard_inputs, shard=shard, needs=needed_to_rank),
            corpus=paths.corpus_index(),
            candidates=paths.candidates,
        output:
            [paths.run("{system}", "{seed}", pair) for pair in shard.pairs],
        log:
            paths.log("rank", f"{{system}}/seed{{seed}}/{shard.name}"),
        benchmark:
            paths.benchmark("rank", f"{{system}}/seed{{seed}}/{shard.name}")
        wildcard_constraints:
            system=one_of(shard.systems),
        conda:
            "../../envs/training.yaml"
        resources:
            mem_mb=1500,
        params:
            corpus=arranged(paths.corpus),
            texts=arranged(paths.texts_of, "system"),
            entry=lookup(dpath="{system}", within=RANKERS_OF_SYSTEMS),
            mixed=partial(mixed_sides, shard=shard),
            files=partial(shard_files, shard=shard, needs=needed_to_rank, parts=paths.parts),
            code=code_of_kind("rank.py", RANKERS, RANKERS_OF_SYSTEMS, "system"),
        script:
            "../scripts/rank.py"

    rule:
        name:
            f"measure{suffix}"
        input:
            partial(shard_inputs, shard=shard, needs=needed_to_measure),
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
            corpus=arranged(paths.corpus),
            metrics=experiment.metrics,
            mixed=partial(mixed_sides, shard=shard),
            files=partial(shard_files, shard=shard, needs=needed_to_measure),
            code=code("measure.py"),
        script:
            "../scripts/measure.py"


CELLS = {f"cells{suffix}": shard for suffix, shard in SHARDS.items()}
CELLS |= {f"averages{suffix}": shard for suffix, shard in AVERAGES.items()}
for name, shard in CELLS.items():

    rule:
        name:
            name
        input:
            partial(shard_inputs, shard=shard, needs=needed_for_cells),
            corpus=paths.corpus_index(),
            candidates=paths.candidates,
        output:
            [paths.cell("{system}", name) for name in shard.pairs],
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
            corpus=arranged(paths.corpus),
            metrics=experiment.metrics,
            source_language=SOURCE,
            groups={name: experiment.groups[name] for name in shard.pairs if name in experiment.groups},
            group_of=partial(groups_of_pairs, shard=shard),
            provenance=given(provenance, "system"),
            rebuild=arranged(f"{REBUILD}/cells"),
            data=given(paths.assets_of, "system"),
            files=partial(shard_files, shard=shard, needs=needed_for_cells),
            code=code("cells.py"),
        script:
            "../scripts/cells.py"


rule all_cells:
    input:
        flat(paths.cells()),
    output:
        shown(f"{RESULTS}/cells.parquet", "cells", table="all cells", format="Parquet"),
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


TABLE = f"{RESULTS}/tables/{{group}}"
CELLS_OF_AVERAGES = paths.cells(names=experiment.groups)


rule table:
    input:
        files_of(paths.cells_of_group, "group"),
        flat(CELLS_OF_AVERAGES),
    output:
        csv=shown(f"{TABLE}.csv", "table", table="{group}", format="CSV"),
        tests=shown(f"{TABLE}.tests.csv", "tests", table="{group}, tests", format="CSV"),
        metrics=shown(f"{TABLE}.metrics.csv", "metrics", table="{group}, every metric", format="CSV"),
        latex=f"{TABLE}.tex",
    log:
        paths.log("table", "{group}"),
    benchmark:
        paths.benchmark("table", "{group}")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=500,
    params:
        pairs=given(experiment.groups.get, "group"),
        cells=given(paths.cells_of_group, "group"),
        averages=arranged(CELLS_OF_AVERAGES),
        references={system: experiment.reference_of(system) for system in experiment.systems},
        impossible={system: experiment.impossible(system) for system in experiment.systems},
        source_language=SOURCE,
        code=code("table.py"),
    script:
        "../scripts/table.py"


# Any two systems, by name: comparisons/ml-cs.vs.wiki-cs.csv
rule comparison:
    input:
        files_of(paths.measures_of, "ours"),
        files_of(paths.measures_of, "theirs"),
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
        ours=arranged(paths.measures_of, "ours"),
        theirs=arranged(paths.measures_of, "theirs"),
        groups=experiment.groups,
        metric=METRIC,
        code=code("comparison.py"),
    script:
        "../scripts/comparison.py"


# A cell over the candidates that were not seen in training, by name: without_training_passages/ml-cs/ar-it.json
ANY_CELL = Shard("{cell}", tuple(experiment.systems), ("{cell}",))


rule unseen_cell:
    input:
        runs=partial(shard_inputs, shard=ANY_CELL, needs=needed_for_unseen_cell),
        corpus=paths.corpus_index(),
        candidates=paths.candidates,
    output:
        paths.unseen_cell("{system}", "{cell}"),
    log:
        paths.log("unseen_cell", "{system}/{cell}"),
    benchmark:
        paths.benchmark("unseen_cell", "{system}/{cell}")
    conda:
        "../../envs/evaluation.yaml"
    resources:
        mem_mb=700,
    params:
        corpus=arranged(paths.corpus),
        metrics=experiment.metrics,
        source_language=SOURCE,
        groups=given(group_of_cell, "cell"),
        group_of=partial(groups_of_pairs, shard=ANY_CELL),
        mixed=partial(mixed_sides, shard=ANY_CELL),
        provenance=given(provenance, "system"),
        rebuild=arranged(f"{REBUILD}/{UNSEEN}"),
        data=given(paths.assets_of, "system"),
        files=partial(shard_files, shard=ANY_CELL, needs=needed_for_unseen_cell),
        code=code("unseen_cell.py"),
    script:
        "../scripts/unseen_cell.py"
