"""Targets by name: a mistyped one is told with the nearest that exists, or with how to add it."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

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
    """Check that each target under results/ is a file that this experiment can make.

    Args:
        targets: paths, as they are given to Snakemake.
        paths: of the experiment.

    Raises:
        UserError: a target is none of the experiment's.
    """
    known = None
    for target in targets:
        if target.startswith((f"{paths.shared}/", f"{paths.results}/logs/")):
            continue
        known = known or all_targets(paths)
        if target not in known:
            raise UserError(f"{target}: {_why(target, paths, known)}")


def all_targets(paths: Paths) -> set[str]:
    """Every file that an experiment can make by name, but what is shared."""
    experiment = paths.experiment
    named = {f"{paths.results}/{name}" for name in ("report.html", "headline.txt", "cells.parquet")}
    complete = Plan(paths).complete
    if complete:
        named |= {f"{paths.results}/claims.{suffix}" for suffix in ("csv", "json")}
    tables = [
        (group, suffix)
        for group in experiment.groups
        for suffix in ("csv", "tests.csv", "metrics.csv", "tex")
    ]
    tables += [(name, suffix) for name in ("ratio", "lexicons") for suffix in ("csv", "tex")]
    named |= {paths.table(*table) for table in tables}
    named |= {paths.analysis(name) for name in paths.analyses}
    named |= {
        paths.comparison(ours, theirs)
        for ours in experiment.systems
        for theirs in experiment.systems
        if ours != theirs
    }
    return named | paths.single_pair_files() | set(flat(paths.cells())) | {paths.trec_qrels}


def _why(target: str, paths: Paths, known: set[str]) -> str:
    experiment = paths.experiment
    asked = {
        paths.cell(system, pair): (system, pair) for system in experiment.systems for pair in experiment.pairs
    }
    if target in asked:
        system, pair = asked[target]
        if not experiment.can_exist(system, pair):
            return f"such a cell cannot exist, as {system} cannot be measured on {pair}"
        return f"{system} is not measured on {pair}: add it to systems.{system}.pairs"
    hint = nearest(target, sorted(known), cutoff=0.5)
    return f"found no such result of the experiment {experiment.name}{hint} (`make list` shows what there is)"
