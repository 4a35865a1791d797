# Cells with their statistics, tables, and the report.


def runs_of_system(wildcards):
    """The runs of the system itself."""
    return all_run_paths(wildcards.system)


def runs_of_references(wildcards):
    """The runs of the systems that it is compared with, on the same pairs."""
    pairs = experiment.pairs_of(wildcards.system)
    return [
        path
        for reference in experiment.references_of(wildcards.system)
        for path in all_run_paths(reference)
        if Path(path).stem in pairs
    ]


def plan_of_cells(wildcards):
    """Which run and which cell is what: the names that the paths above stand for."""
    system = wildcards.system
    return {
        "runs": runs_by_seed(system, experiment.pairs_of(system)),
        "references": {
            reference: runs_by_seed(reference, experiment.pairs_of(system))
            for reference in experiment.references_of(system)
        },
        "cells": cell_names(system),
    }


def provenance(wildcards):
    """What a cell says of where it comes from."""
    return {
        "switchrank": VERSION,
        "ranker": experiment.ranker_of(wildcards.system),
        "seeds": experiment.seeds_of(wildcards.system),
        "candidates": config["candidates"]["method"],
        "config_digest": experiment.digest(wildcards.system),
        "rebuild": f"snakemake {RESULTS}/cells/{wildcards.system}/<pair>.json",
    }


def pairs_of_group(wildcards):
    """The columns of a table."""
    return config["pairs"][wildcards.group]


def lexicon_stats():
    """Figures of the alignments and lexicons, where a system uses them."""
    if not any("lexicon" in recipe for recipe in experiment.recipes().values()):
        return []
    return [
        path
        for language in config["training"]["languages"]
        for path in (
            f"{RESULTS}/vectors/aligned/{language}.stats.json",
            f"{RESULTS}/lexicons/clwe/en-{language}.stats.json",
        )
    ]


def resolved_config():
    """The config, with the name of its training data in each system."""
    systems = {
        system: entry | ({"data": experiment.data_of(system)} if "training" in entry else {})
        for system, entry in config["systems"].items()
    }
    return config | {"systems": systems}


def cells_of_group(wildcards):
    """The cells that a table shows."""
    names = [*config["pairs"][wildcards.group], wildcards.group]
    return cell_paths(tuple(experiment.systems_in(wildcards.group)), names)


rule cells:
    input:
        CORPUS_FILES,
        runs_of_system,
        runs_of_references,
        candidates=RESULTS + "/candidates.parquet",
    output:
        [f"{RESULTS}/cells/{{system}}/{name}.json" for name in [*experiment.pairs, *config["pairs"]]],
    log:
        "logs/cells/{system}.log",
    benchmark:
        RESULTS + "/benchmarks/cells/{system}.tsv"
    wildcard_constraints:
        system=systems_of_kind("cosine", "kernel"),
    params:
        corpus=RESULTS + "/corpus",
        plan=plan_of_cells,
        groups=experiment.pairs,
        provenance=provenance,
        code=code("cells.py"),
    resources:
        mem_mb=700,
    conda:
        "../../envs/evaluation.yaml"
    script:
        "../scripts/cells.py"


use rule cells as cells_of_bm25 with:
    output:
        [
            f"{RESULTS}/cells/{{system}}/{name}.json"
            for system in experiment.systems
            if experiment.kind(system) == "bm25"
            for name in cell_names(system)
        ],
    wildcard_constraints:
        system=systems_of_kind("bm25"),


rule table:
    input:
        cells_of_group,
    output:
        csv=report(
            RESULTS + "/tables/{group}.csv",
            caption="../report/table.rst",
            category="Tables",
            labels={"pairs": "{group}", "format": "CSV"},
        ),
        latex=RESULTS + "/tables/{group}.tex",
    log:
        "logs/table/{group}.log",
    benchmark:
        RESULTS + "/benchmarks/table/{group}.tsv"
    params:
        pairs=pairs_of_group,
        code=code("table.py"),
    resources:
        mem_mb=500,
    conda:
        "../../envs/evaluation.yaml"
    script:
        "../scripts/table.py"


rule report:
    input:
        cell_paths(),
        table_paths(),
        RESULTS + "/corpus/stats.json",
        [f"{RESULTS}/training/{data}/stats.json" for data in experiment.recipes()],
        lexicon_stats(),
    output:
        report(
            RESULTS + "/report.html",
            caption="../report/report.rst",
            category="Report",
            labels={"collection": config["collection"]},
        ),
    log:
        "logs/report.log",
    benchmark:
        RESULTS + "/benchmarks/report.tsv"
    params:
        results=RESULTS,
        config=resolved_config(),
        code=code("report.py"),
    resources:
        mem_mb=700,
    conda:
        "../../envs/evaluation.yaml"
    script:
        "../scripts/report.py"
