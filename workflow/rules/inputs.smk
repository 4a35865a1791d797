# Functions of wildcards: inputs and parameters of the rules.


def lexicon_paths(wildcards):
    """Lexicons that a recipe switches with, one for each language."""
    recipe = experiment.recipes()[wildcards.data]
    languages = config["training"]["languages"] if "lexicon" in recipe else []
    return [f"{RESULTS}/lexicons/{recipe['lexicon']}/en-{language}.tsv" for language in languages]


def recipe_of(wildcards):
    """The training entry that a name of training data stands for."""
    return experiment.recipes()[wildcards.data]


def ranker_settings(wildcards):
    """Hyperparameters of a kernel ranker."""
    return {key: value for key, value in config["rankers"][wildcards.ranker].items() if key != "kind"}


def model_of(wildcards):
    """The model that a system ranks with, for one seed."""
    return f"{model_path(wildcards.system, wildcards.seed)}/model.safetensors"


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


def training_logs():
    """Learning curves of all trained models."""
    return [
        f"{model_path(system, seed)}/log.csv"
        for system in experiment.systems
        if experiment.kind(system) == "kernel"
        for seed in experiment.seeds_of(system)
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
