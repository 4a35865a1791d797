"""Targets by name: what a mistyped one was meant to be, or how to add it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise, permutations, product, starmap

from switchrank.errors import UserError, nearest
from switchrank.experiment.paths import Paths, flat
from switchrank.experiment.plan import Plan

_TAKE_A_FILE = ("--report", "--archive", "--directory", "-d", "--configfile", "--configfiles")


def targets_of(words: Sequence[str]) -> list[str]:
    """The targets under results/ among the words of a command, without files that options name."""
    return [
        word
        for before, word in pairwise(["", *words])
        if word.startswith("results/") and before not in _TAKE_A_FILE
    ]


def check_targets(targets: Iterable[str], paths: Paths) -> None:
    """Raise a UserError if a target is none of the experiment's files; what is shared, and logs, may pass."""
    unchecked = (f"{paths.shared}/", f"{paths.results}/logs/")
    targets = [target for target in targets if not target.startswith(unchecked)]
    known = all_targets(paths) if targets else set()
    for target in targets:
        if target not in known:
            raise UserError(f"{target}: {_why(target, paths, known)}")


def all_targets(paths: Paths) -> set[str]:
    """Every file that an experiment can make by name, but what is shared."""
    systems, groups = paths.experiment.systems, paths.experiment.groups
    plan = Plan(paths)
    names = ["report.html", "headline.txt", "cells.parquet"]
    analyses = ["candidates.json", "neighbours.parquet", "stages.parquet"]
    analyses += ["costs.parquet", "costs_of_seen_pairs.parquet"]
    tables = [*product(groups, ("csv", "tests.csv", "metrics.csv", "tex"))]
    if plan.complete:
        names += ["claims.csv", "claims.json"]
        tables += product(("ratio", "lexicons"), ("csv", "tex"))
        analyses += ["ratio.parquet", "lexicons.parquet", "examples.json"]
    analyses += ["overlap.parquet"] if plan.overlap_runs() else []
    analyses += ["fall.json"] if plan.fall_measures() else []
    analyses += ["truncated.json"] if plan.token_limits() else []
    analyses += ["bias.parquet", "same_language.parquet"] if plan.bias_runs() else []
    return {
        *(f"{paths.results}/{name}" for name in names),
        *starmap(paths.table, tables),
        *map(paths.analysis, analyses),
        *starmap(paths.comparison, permutations(systems, 2)),
        *paths.single_pair_files(),
        *flat(paths.cells()),
        *(
            paths.unseen_cell(system, name)
            for system in systems
            for name in paths.experiment.cell_names(system)
        ),
        *paths.whole_models(),
        paths.trec_qrels,
    }


def _why(target: str, paths: Paths, known: set[str]) -> str:
    experiment = paths.experiment
    for system, pair in product(experiment.systems, experiment.pairs):
        if target in (paths.cell(system, pair), paths.unseen_cell(system, pair)):
            if not experiment.can_exist(system, pair):
                return f"such a cell cannot exist, as {system} cannot be measured on {pair}"
            return f"{system} is not measured on {pair}: add it to systems.{system}.pairs"
    hint = nearest(target, sorted(known), cutoff=0.5)
    return f"found no such result of the experiment {experiment.name}{hint} (`make list` shows what there is)"
