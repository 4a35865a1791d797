# Measures of the runs, cells with their statistics, and tables of cells.
CONFIGFILES = (
    "" if SOURCES == [DEFAULT_CONFIG] else f"--configfile {' '.join(map(os.path.relpath, SOURCES))} "
)


def measure_inputs(wildcards, shard):
    """The runs of a system on the pairs of a shard, with all its seeds."""
    return flat(paths.runs(wildcards.system, pairs_of(shard, wildcards)))


def measure_params(wildcards, output, shard):
    """What the script is told: pairs, their runs, and where their measures go."""
    pairs = pairs_of(shard, wildcards)
    return {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "runs": paths.runs(wildcards.system, pairs),
        "measures": dict(zip(pairs, output)),
    }


for suffix, shard in SHARDS.items():

    rule:
        name:
            f"measure{suffix}"
        input:
            partial(measure_inputs, shard=shard),
            corpus=paths.corpus_files(),
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
            corpus=paths.corpus,
            metrics=experiment.metrics,
            files=partial(measure_params, shard=shard),
            code=code("measure.py"),
        script:
            "../scripts/measure.py"


def cell_measures(system, pairs):
    """The measures of a system and of those that it is compared with."""
    references = {other: paths.measures_of(other, pairs) for other in experiment.references_of(system)}
    return {"measures": paths.measures_of(system, pairs), "references": references}


def cell_inputs(wildcards, shard):
    """The same as a list, for the pairs of a shard."""
    return flat(cell_measures(wildcards.system, pairs_of(shard, wildcards)))


def cell_params(wildcards, output, shard):
    """What the script is told of the pairs of a shard."""
    pairs = pairs_of(shard, wildcards)
    return cell_measures(wildcards.system, pairs) | {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "groups": {pair: experiment.group_of[pair] for pair in pairs},
        "cells": dict(zip(pairs, output)),
    }


def provenance(wildcards):
    """What a cell says of where it comes from; more is added where it is made."""
    return {
        "ranker": experiment.entry(wildcards.system)["ranker"],
        "seeds": experiment.seeds_of(wildcards.system),
        "candidates": experiment.config["candidates"]["method"],
        "config_digest": paths.config_digest(wildcards.system),
        "rebuild": f"snakemake {CONFIGFILES}--cores all {RESULTS}/cells/{wildcards.system}",
    }


def data_of_system(wildcards):
    """The folders of the downloads that a system's figures hang on."""
    return paths.assets_of(wildcards.system)


for suffix, shard in SHARDS.items():

    rule:
        name:
            f"cells{suffix}"
        input:
            partial(cell_inputs, shard=shard),
            corpus=paths.corpus_files(),
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
            corpus=paths.corpus,
            metrics=experiment.metrics,
            source_language=SOURCE,
            provenance=provenance,
            data=data_of_system,
            files=partial(cell_params, shard=shard),
            code=code("cells.py"),
        script:
            "../scripts/cells.py"


def average_params(wildcards, output, shard):
    """What the script is told of the averages of some groups."""
    groups = {group: experiment.groups[group] for group in shard.pairs}
    pairs = flat(groups)
    return cell_measures(wildcards.system, pairs) | {
        "pairs": {pair: experiment.pairs[pair] for pair in pairs},
        "groups": groups,
        "cells": dict(zip(groups, output)),
    }


def average_inputs(wildcards, shard):
    """Measures of a system and of those that it is compared with, on all pairs of some groups."""
    return flat(cell_measures(wildcards.system, flat([experiment.groups[group] for group in shard.pairs])))


AVERAGED = {system: [experiment.groups_with(system)] for system in experiment.systems}
for number, shard in enumerate(shards({s: groups for s, groups in AVERAGED.items() if groups[0]})):

    rule:
        name:
            f"averages_{number}"
        input:
            partial(average_inputs, shard=shard),
            corpus=paths.corpus_files(),
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
            corpus=paths.corpus,
            metrics=experiment.metrics,
            source_language=SOURCE,
            groups={group: experiment.groups[group] for group in shard.pairs},
            provenance=provenance,
            data=data_of_system,
            files=partial(average_params, shard=shard),
            code=code("averages.py"),
        script:
            "../scripts/averages.py"


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
        cells=paths.cells(),
        code=code("all_cells.py"),
    script:
        "../scripts/all_cells.py"


def cells_of_group(wildcards):
    """System → pair or group → the cells that a table shows."""
    names = [*experiment.groups[wildcards.group], wildcards.group]
    return paths.cells(experiment.systems_in(wildcards.group), names)


def cell_files_of_group(wildcards):
    """The same as a list."""
    return flat(cells_of_group(wildcards))


def pairs_of_group(wildcards):
    """The columns of a table."""
    return experiment.groups[wildcards.group]


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


def measures_to_compare(wildcards):
    """All measures of two systems."""
    return flat([paths.measures_of(wildcards.ours), paths.measures_of(wildcards.theirs)])


def compared(wildcards, output, which):
    """Pair → measures of one of the two systems."""
    return paths.measures_of(wildcards[which])


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
