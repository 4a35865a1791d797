"""`switchrank list`: what an experiment has, and the targets that can be asked for by name."""

from argparse import ArgumentParser, Namespace

from switchrank.experiment.load import load, merged
from switchrank.experiment.paths import Paths
from switchrank.experiment.plan import MAIN

NAME = "list"
HELP = "say which systems, pairs and targets an experiment has"


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    add_config(parser)


def add_config(parser: ArgumentParser) -> None:
    """Declare the config files, which several subcommands take."""
    default = ["config/pocket.yaml"]
    parser.add_argument(
        "config", nargs="*", default=default, help="config files, later ones laid over earlier"
    )


def run(arguments: Namespace) -> int:
    """Print the experiment."""
    experiment = load(merged(arguments.config), arguments.config)
    paths = Paths(experiment)
    print(f"experiment {experiment.name}: {len(experiment.systems)} systems, {len(experiment.pairs)} pairs\n")
    print("systems")
    width = max(map(len, experiment.systems))
    for system in experiment.systems:
        pairs = experiment.pairs_of(system)
        count = "all pairs" if len(pairs) == len(experiment.pairs) else f"{len(pairs)} pairs"
        print(f"  {system:{width}}  {experiment.entry(system)['ranker']}, {count}")
    print("\npairs")
    for group, pairs in experiment.groups.items():
        print(f"  {group}: {' '.join(pairs)}")
    system = MAIN if MAIN in experiment.systems else experiment.systems[-1]
    pair, other = experiment.pairs_of(system)[-1], experiment.reference_of(system)
    groups = list(experiment.groups)
    targets = {
        "one cell": paths.cell(system, pair),
        "a table": paths.table(groups[0], "csv"),
        **({"any two systems": paths.comparison(system, other)} if other else {}),
        "all cells": f"{paths.results}/cells.parquet",
        "a run for trec_eval": paths.trec_run(system, experiment.seeds_of(system)[0], pair),
        "its qrels": paths.trec_qrels,
        "the report": f"{paths.results}/report.html",
    }
    print("\ntargets, such as")
    width = max(map(len, targets))
    for name, target in targets.items():
        print(f"  {name:{width}}  {target}")
    return 0
