"""Tables from cells."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from switchrank.files import read_json, write_text
from switchrank.statistics.family import family_csv
from switchrank.statistics.tables import score_table, to_csv, to_latex


def make_tables(
    group: str,
    pairs: Sequence[str],
    cells: Mapping[str, Sequence[Path]],
    references: Mapping[str, str | None],
    impossible: Mapping[str, Sequence[str]],
    csv: Path,
    latex: Path,
    tests: Path,
) -> None:
    """Write the table of a group, and its tests.

    Args:
        group: its name.
        pairs: the columns.
        cells: system → its cells in the group; the rows.
        references: system → the system that it is tested against.
        impossible: system → pairs on which there can be no cell.
        csv, latex, tests: files to write.
    """
    read = [read_json(path) for paths in cells.values() for path in paths]
    table = score_table(read, group, list(cells), pairs, references, impossible)
    write_text(csv, to_csv(table))
    write_text(latex, to_latex(table))
    write_text(tests, family_csv(table.tests))
