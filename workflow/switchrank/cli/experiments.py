"""The subcommands that are about experiments: what they have, and their results."""

import shutil
from argparse import Namespace
from pathlib import Path

from switchrank.experiment.endings import MAIN
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.load import DEFAULTS, load, merged, resolve
from switchrank.experiment.paths import Paths
from switchrank.experiment.verify import verify
from switchrank.tasks.ranking import warm


def show(arguments: Namespace) -> int:
    """Print what an experiment has, and the targets that can be asked for by name."""
    experiment = load(arguments.config)
    paths = Paths(experiment)
    print(f"experiment {experiment.name}: {len(experiment.systems)} systems, {len(experiment.pairs)} pairs\n")
    rankers = {}
    for system in experiment.systems:
        pairs = experiment.pairs_of(system)
        count = "all pairs" if len(pairs) == len(experiment.pairs) else f"{len(pairs)} pairs"
        rankers[system] = f"{experiment.entry(system)['ranker']}, {count}"
    _print_table("systems", rankers)
    print("\npairs")
    for group, pairs in experiment.groups.items():
        print(f"  {group}: {' '.join(pairs)}")
    system = MAIN if MAIN in experiment.systems else experiment.systems[-1]
    pair, other = experiment.pairs_of(system)[-1], experiment.reference_of(system)
    targets = {
        "one cell": paths.cell(system, pair),
        "the same without passages seen in training": paths.unseen_cell(system, pair),
        "a table": paths.table(next(iter(experiment.groups)), "csv"),
        **({"any two systems": paths.comparison(system, other)} if other else {}),
        "all cells": f"{paths.results}/cells.parquet",
        "a run for trec_eval": paths.trec_run(system, experiment.seeds_of(system)[0], pair),
        "its qrels": paths.trec_qrels,
        **({"a whole model": models[-1]} if (models := paths.whole_models()) else {}),
        "the report": f"{paths.results}/report.html",
    }
    _print_table("\ntargets, such as", targets)
    return 0


def _print_table(title: str, rows: dict[str, str]) -> None:
    print(title)
    for name, text in rows.items():
        print(f"  {name:{max(map(len, rows))}}  {text}")


def clean(arguments: Namespace) -> int:
    """Remove an experiment's folder."""
    config = resolve(merged(arguments.config), " + ".join(arguments.config))
    folder = Path(Paths(Experiment(config)).results)  # unchecked: what it names may be gone by now
    if folder.exists():
        shutil.rmtree(folder)
        print(f"Removed {folder}; downloads and what experiments share are still there.")
    else:
        print(f"{folder}: nothing to remove")
    return 0


def check(arguments: Namespace) -> int:
    """Print which results no longer match what is here, a line each; status 1 if any does not."""
    configured = None
    if arguments.config:
        paths = Paths(load(arguments.config))
        configured = {system: paths.config_digest(system) for system in paths.experiment.systems}
    count, differences = verify(map(Path, arguments.paths), configured)
    print(*(differences or [f"{count:,} results match"]), sep="\n")
    return 1 if differences else 0


def compile_metrics(arguments: Namespace) -> int:
    """Compile the metrics' code, so that no job has to."""
    warm(DEFAULTS["metrics"])
    return 0
