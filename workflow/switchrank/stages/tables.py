"""Tables from cells."""

from collections.abc import Mapping
from pathlib import Path

from switchrank.files import read_json, write_text
from switchrank.tables import score_table, to_csv, to_latex


def make_tables(
    group: str, pairs: list[str], cells: Mapping[str, list[Path]], csv: Path, latex: Path
) -> None:
    """Write the table of a group.

    Args:
        group: its name.
        pairs: the columns.
        cells: system → its cells in the group; the rows.
        csv, latex: files to write.
    """
    read = [read_json(path) for paths in cells.values() for path in paths]
    table = score_table(read, group, list(cells), pairs)
    write_text(csv, to_csv(table))
    write_text(latex, to_latex(table))
