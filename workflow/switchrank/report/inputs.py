"""What the report is made of: read from the results, checked against the config."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from switchrank.errors import UserError
from switchrank.files import read_json, read_parquet
from switchrank.languages import MIXED, parse_pair
from switchrank.report.plots.base import Estimate
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.tables import CEILING, DISTINCT, IMPOSSIBLE

TREATMENT, REFERENCE = "ml-cs", "zero-shot"  # the systems that the paper is about
Cells = Mapping[str, Mapping[str, Mapping[str, Any]]]  # system → pair or group → cell
# What is shown where it is there: name → its file, and the columns that it needs.
_OPTIONAL: dict[str, tuple[str, tuple[str, ...]]] = {
    "ratio": ("tables/ratio.csv", ("mode", "system", "ratio", "realised")),
    "lexicons": ("tables/lexicons.csv", ("system", "lexicon")),
    "bias": ("analyses/bias.csv", ("system", "pair", "language", "ratio", "ratio_low", "ratio_high", "mrr")),
    "bias_same": ("analyses/bias_same.csv", ("system", "pair", "ratio", "ratio_low", "ratio_high")),
    "overlap": (
        "analyses/overlap.parquet",
        ("system", "pair", "query_id", "correlation", "overlap_relevant"),
    ),
    "examples": ("analyses/examples.json", ()),
    "costs": ("analyses/costs.csv", ("system", "pairs", "models", "megabytes")),
    "claims": ("claims.json", ()),
}


@dataclass(frozen=True)
class Inputs:
    """What was measured.

    Attributes:
        config: as `write` takes it.
        cells: all that a table has a figure for, systems in the order of the config.
        tables: group → its table as text, a row per system and the ceiling.
        tests: group → its tests, a row each; none of a group without tests.
        optional: tables, analyses and claims that are there, by name.
        absent: those that are not though the config asks for them: name → file.
    """

    config: Mapping[str, Any]
    cells: Cells
    tables: Mapping[str, pd.DataFrame]
    tests: Mapping[str, pd.DataFrame]
    optional: Mapping[str, Any] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)

    @property
    def groups(self) -> list[str]:
        """The groups that have pairs."""
        return list(self.tables)

    def difference(self, system: str, reference: str, name: str) -> Estimate | None:
        """A system's distance from another on a pair or group × 100, whichever of the two was compared."""
        for one, other, sign in ((system, reference, 1), (reference, system, -1)):
            versus = self.cells.get(one, {}).get(name, {}).get("versus", {}).get(other)
            if versus:
                ends = sorted(100 * sign * end for end in versus["interval"])
                return Estimate(100 * sign * versus["difference"], *ends)
        return None


def read(results: Path, config: Mapping[str, Any]) -> Inputs:
    """Read tables, tests, cells and analyses.

    Raises:
        UserError: a table, its tests or a cell is missing; a table lacks a pair or has a system unknown to
            the config; an analysis lacks a column.
    """
    groups = [group for group in config["pairs"] if config["pairs"][group]]
    tables = {group: _table(results / "tables" / f"{group}.csv", config, group) for group in groups}
    tested = {
        group: _tests(results / "tables" / f"{group}.tests.csv", config, tables[group]) for group in groups
    }
    wanted = _wanted(config)
    optional, absent = {}, {}
    for name, (file, columns) in _OPTIONAL.items():
        if (results / file).is_file():
            optional[name] = _read(results / file, columns)
        elif name in wanted:
            absent[name] = file
    return Inputs(
        config=config,
        cells=_cells(results / "cells", config["systems"], tables),
        tables=tables,
        tests={group: tests for group, tests in tested.items() if tests is not None},
        optional=optional,
        absent=absent,
    )


def is_pair(cell: Mapping[str, Any]) -> bool:
    """Whether a cell is of one pair, not an average."""
    return "query_language" in cell


def pairs_of(table: pd.DataFrame) -> list[str]:
    """The pairs that a table has columns for."""
    return list(table.columns[: list(table.columns).index(AVERAGE)])


def all_data(system: Mapping[str, Any]) -> list[str]:
    """The names of all training data of a system."""
    by_pair = dict.fromkeys(system.get("data_by_pair", {}).values())
    return [*by_pair] or ([system["data"]] if "data" in system else [])


def of_seeds(folder: Path, pattern: str, seeds: Collection[int], file: str = "") -> list[Path]:
    """What a folder has of some seeds, and of seed 0, which stands for no seed.

    Args:
        folder: holds seed{seed} or seed{seed}.tsv.
        pattern: of these names.
        seeds: those wanted.
        file: one inside, if they are folders; those that lack it are left out.
    """
    wanted = {f"seed{seed}" for seed in (0, *seeds)}
    found = [path / file for path in sorted(folder.glob(pattern)) if path.name.removesuffix(".tsv") in wanted]
    return [path for path in found if path.exists()]


def _table(path: Path, config: Mapping[str, Any], group: str) -> pd.DataFrame:
    if not path.is_file():
        raise UserError(f"{path}: not found, expected the table of the pairs of '{group}'")
    table = pd.read_csv(path, dtype=str, keep_default_na=False, index_col="system")
    wanted = [*config["pairs"][group], AVERAGE, DISTINCT, "reference"]
    if lacking := [column for column in wanted if column not in table]:
        raise UserError(f"{path}: found no column {', '.join(lacking)}, expected one for each pair of config")
    if unknown := [row for row in table.index if row not in config["systems"] and row != CEILING]:
        raise UserError(f"{path}: found row {', '.join(unknown)}, expected systems of config")
    return table


def _tests(path: Path, config: Mapping[str, Any], table: pd.DataFrame) -> pd.DataFrame | None:
    if path.is_file():
        return pd.read_csv(path)
    if any(config["systems"].get(system, {}).get("versus") for system in table.index):
        raise UserError(f"{path}: not found, expected the tests that {path.stem.split('.')[0]}.csv shows")
    return None


def _cells(folder: Path, systems: Mapping[str, Any], tables: Mapping[str, pd.DataFrame]) -> Cells:
    cells: dict[str, dict[str, Any]] = {system: {} for system in systems}
    for group, table in tables.items():
        for system, row in table.drop(index=CEILING, errors="ignore").iterrows():
            for column in [*pairs_of(table), AVERAGE]:
                if row[column] not in ("", IMPOSSIBLE):
                    name = group if column == AVERAGE else column
                    path = folder / str(system) / f"{name}.json"
                    if not path.is_file():
                        raise UserError(f"{path}: not found, but {group}.csv has its figure")
                    cells[str(system)][name] = read_json(path)
    return {system: named for system, named in cells.items() if named}


def _wanted(config: Mapping[str, Any]) -> set[str]:
    """What a config asks for: claims where it has any, else what its systems and pairs give reason for."""
    wanted = {"claims"} if config.get("claims") else set()
    if TREATMENT in config["systems"]:
        wanted |= {"ratio", "lexicons", "overlap"}
        if REFERENCE in config["systems"]:
            wanted.add("examples")
    pairs = [pair for pairs in config["pairs"].values() for pair in pairs]
    if any(parse_pair(pair)[1] in MIXED for pair in pairs):
        wanted |= {"bias", "bias_same"}
    return wanted


def _read(path: Path, columns: tuple[str, ...]) -> Any:
    if path.suffix == ".json":
        return read_json(path)
    frame = read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)
    if lacking := [column for column in columns if column not in frame]:
        raise UserError(
            f"{path}: found no column {', '.join(lacking)}, expected it beside {', '.join(frame)}"
        )
    return frame
