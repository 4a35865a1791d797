"""What the report is made of: the files that it is given, read, and the tables of their cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from switchrank.files import read_files
from switchrank.languages import Pair
from switchrank.report.estimates import Estimate
from switchrank.statistics.tables import Table, score_table

_GROUPS = {"moir": "MoIR", "clir": "CLIR", "mlir": "MLIR"}

Cell = Mapping[str, Any]
Stats = Mapping[str, Any]


@dataclass(frozen=True)
class Inputs:
    """All that the sections show; None or nothing where it does not apply to an experiment.

    Attributes:
        config: see page.write.
        cells: system → pair or group → cell, in the order of the config; only systems that have cells.
        tables: group → its table.
        corpus: the collection's counts.
        vectors: language → figures of the alignment of its vectors.
        lexicons: lexicon → pair of languages → its figures.
        translated: lexicon → language → figures of the texts translated with it.
        training: data → its figures.
        logs: systems that share their models → run → columns step, loss, dev_mrr (the leading metric on dev).
        costs, stages: a row for each system and for each stage; see analyses.costs.
        claims: what claims.judge gives.
        examples: what analyses.examples chose.
        overlap, bias, same_language: what these analyses measured.
        ratio, lexicon_table: see analyses.variants.
    """

    config: Mapping[str, Any]
    cells: Mapping[str, Mapping[str, Cell]]
    tables: Mapping[str, Table]
    corpus: Stats = field(default_factory=dict)
    vectors: Mapping[str, Stats] = field(default_factory=dict)
    lexicons: Mapping[str, Mapping[str, Stats]] = field(default_factory=dict)
    translated: Mapping[str, Mapping[str, Stats]] = field(default_factory=dict)
    training: Mapping[str, Stats] = field(default_factory=dict)
    logs: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    costs: pd.DataFrame | None = None
    stages: pd.DataFrame | None = None
    claims: list[dict[str, Any]] | None = None
    examples: list[dict[str, Any]] | None = None
    overlap: pd.DataFrame | None = None
    bias: pd.DataFrame | None = None
    same_language: pd.DataFrame | None = None
    ratio: pd.DataFrame | None = None
    lexicon_table: pd.DataFrame | None = None

    @property
    def groups(self) -> dict[str, str]:
        """The groups that have a table, and how the page calls them."""
        return {group: group_name(group) for group in self.tables}

    @property
    def pairs(self) -> Mapping[str, Pair]:
        """Every pair by its name."""
        return self.config["pair_objects"]

    @property
    def systems(self) -> Mapping[str, Mapping[str, Any]]:
        """The config's entries of the systems."""
        return self.config["systems"]

    @property
    def treatment(self) -> str | None:
        """The system that the experiment is about."""
        return self.config["treatment"]

    @property
    def reference(self) -> str | None:
        """The system that it is set against."""
        return self.config["reference"]

    @property
    def metric(self) -> str:
        """The leading metric."""
        return next(cell["metric"] for cells in self.cells.values() for cell in cells.values())

    def cells_of_pairs(self, system: str) -> dict[str, Cell]:
        """A system's cells without its averages."""
        return {name: cell for name, cell in self.cells[system].items() if name in self.pairs}

    def difference(self, system: str | None, reference: str | None, name: str) -> Estimate | None:
        """A system's distance from another on a pair or group × 100, whichever of the two was compared."""
        for ours, other, factor in ((system, reference, 100), (reference, system, -100)):
            compared = self.cells.get(ours, {}).get(name, {}).get("versus", {}).get(other)
            if compared:
                return Estimate.of(compared["difference"], compared["interval"], factor)
        return None


def read(files: Mapping[str, Any], config: Mapping[str, Any]) -> Inputs:
    """Read the files, and build the tables from the cells; see page.write."""
    contents = read_files({name: value for name, value in files.items() if value is not None})
    read_cells = contents.pop("cells")
    cells = {system: read_cells[system] for system in config["systems"] if read_cells.get(system)}
    tables = {
        group: table
        for group, pairs in config["pairs"].items()
        if (table := _table(group, pairs, cells, config["systems"]))
    }
    return Inputs(config, cells, tables, **contents)


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


def _table(
    group: str, pairs: list[str], cells: Mapping[str, Mapping[str, Cell]], systems: Mapping[str, Any]
) -> Table | None:
    """The table of a group; None if no system has a cell in it."""
    shown = {system: [named[n] for n in [*pairs, group] if n in named] for system, named in cells.items()}
    shown = {system: chosen for system, chosen in shown.items() if chosen}
    if not shown:
        return None
    references = {system: tested_against(systems[system]) for system in shown}
    impossible = {system: systems[system].get("impossible", ()) for system in shown}
    every = [cell for chosen in shown.values() for cell in chosen]
    return score_table(every, group, list(shown), pairs, references, impossible)
