"""What the report is made of: the files that it is given, read, and the tables of their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from switchrank.files import read_files, reading
from switchrank.languages import Pair
from switchrank.report.estimates import Estimate
from switchrank.statistics.tables import Table, score_table
from switchrank.training.counts import pooled

_GROUPS = {"moir": "MoIR", "clir": "CLIR", "mlir": "MLIR"}
_LOGGED = ("step", "loss", "dev_mrr")
ON_OTHER_PAIRS = "dev_mrr_on_other_pairs"
Stats = Mapping[str, Any]


@dataclass(frozen=True)
class Inputs:
    """All that the sections show; None or nothing where it does not apply to an experiment."""

    config: Mapping[str, Any]  # see page.write
    metric: str  # the leading one
    treatment: str | None  # the system that the experiment is about
    reference: str | None  # the system that it is compared with
    main: str  # the same two where variants of switching, of lexicons and of settings are shown
    main_reference: str
    pairs: Mapping[str, Pair]  # all of them, by name
    systems: Mapping[str, Mapping[str, Any]]  # the config's entries
    cells: Mapping[str, Mapping[str, Stats]]  # system → pair or group → cell; only systems that have cells
    tables: Mapping[str, Table]  # by group
    corpus: Stats = field(default_factory=dict)  # the collection's counts
    vectors: Mapping[str, Stats] = field(default_factory=dict)  # language → figures of its alignment
    lexicons: Mapping[str, Mapping[str, Stats]] = field(default_factory=dict)  # lexicon → pair → figures
    translated: Mapping[str, Mapping[str, Stats]] = field(default_factory=dict)  # lexicon → language → those
    masked: Mapping[str, Stats] = field(default_factory=dict)  # pair (and language) → figures of its passages
    candidate_splits: Stats = field(default_factory=dict)  # see analyses.unseen
    training: Mapping[str, Stats] = field(default_factory=dict)  # data → figures of all seeds
    # systems that share their models → run, such as "seed 1" → step, loss, dev_mrr (MRR@10) and, where it
    # was looked at, dev_mrr_on_other_pairs
    logs: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, Stats]] = field(default_factory=dict)  # system → data → tasks.choosing
    costs: pd.DataFrame | None = None  # see analyses.costs, as for stages
    stages: pd.DataFrame | None = None
    claims: Stats | None = None  # digest of the file that states them, and claims: see claims.judge
    examples: list[dict[str, Any]] | None = None  # see analyses.examples
    overlap: pd.DataFrame | None = None  # see analyses.overlap
    truncated: list[Stats] = field(default_factory=list)  # see analyses.truncated
    bias: pd.DataFrame | None = None  # see analyses.bias, as for same_language
    same_language: pd.DataFrame | None = None
    neighbours: pd.DataFrame | None = None  # see analyses.neighbours
    fall: Stats | None = None  # see analyses.fall
    ratio: pd.DataFrame | None = None  # see analyses.variants, as for lexicon_table
    lexicon_table: pd.DataFrame | None = None

    @property
    def groups(self) -> dict[str, str]:
        """The groups that have a table, and what the page calls them."""
        return {group: group_name(group) for group in self.tables}

    def cells_of_pairs(self, system: str) -> dict[str, Stats]:
        """A system's cells without its averages."""
        return {name: cell for name, cell in self.cells[system].items() if name in self.pairs}

    def difference(self, system: str | None, reference: str | None, name: str) -> Estimate | None:
        """A system minus another on a pair or group × 100, whichever of the two was compared."""
        for ours, other, factor in ((system, reference, 100), (reference, system, -100)):
            compared = self.cells.get(ours, {}).get(name, {}).get("versus", {}).get(other)
            if compared:
                return Estimate.compared(compared, factor)
        return None


def read(files: Mapping[str, Any], config: Mapping[str, Any]) -> Inputs:
    """Read the files, and build the tables from the cells; see page.write."""
    contents = read_files({name: value for name, value in files.items() if value is not None})
    for title, runs in (files.get("logs") or {}).items():
        for run, path in runs.items():
            contents["logs"][title][run] = _curve(path, contents["logs"][title][run])
    contents["training"] = {data: pooled(drawn) for data, drawn in contents.get("training", {}).items()}
    all_cells, systems = contents.pop("cells"), config["systems"]
    cells = {system: all_cells[system] for system in systems if all_cells.get(system)}
    references = {system: tested_against(entry) for system, entry in systems.items()}
    impossible = {system: entry.get("impossible", ()) for system, entry in systems.items()}
    averages = [named[group] for named in cells.values() for group in config["pairs"] if group in named]
    tables = {}
    for group, pairs in config["pairs"].items():
        shown = [named[name] for named in cells.values() for name in (*pairs, group) if name in named]
        if shown:
            rows = list(dict.fromkeys(cell["system"] for cell in shown))
            tables[group] = score_table(shown, group, rows, pairs, references, impossible, averages)
    return Inputs(
        config, config["metrics"][0], config["treatment"], config["reference"], config["main"],
        config["main_reference"], config["pair_objects"], systems, cells, tables, **contents,
    )  # fmt: skip


def _curve(path: str, log: pd.DataFrame) -> pd.DataFrame:
    """A training log, read as texts, as numbers; NaN where it has none."""
    columns = [*_LOGGED, *(name for name in log if name == ON_OTHER_PAIRS)]
    with reading(path):
        return log[columns].apply(pd.to_numeric)


def group_name(group: str) -> str:
    """What the page calls a group of pairs, or a setting."""
    return _GROUPS.get(group, group)


def all_data(system: Mapping[str, Any]) -> list[str]:
    """The names of all training data of a config's entry of a system."""
    by_pair = dict.fromkeys(system.get("data_by_pair", {}).values())
    return [*by_pair] or ([system["data"]] if "data" in system else [])


def tested_against(system: Mapping[str, Any]) -> str | None:
    """The first of the systems that a config's entry of a system is compared with."""
    return next(iter(system.get("versus", ())), None)
