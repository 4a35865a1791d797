"""Any two systems compared."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from switchrank.errors import UserError
from switchrank.files import write_text
from switchrank.stages.measures import read_measures
from switchrank.statistics.comparison import compare as compare_measured
from switchrank.statistics.comparison import with_averages
from switchrank.statistics.family import AVERAGE, family, family_csv


def compare(
    ours: str,
    theirs: str,
    measures: Mapping[str, Path],
    references: Mapping[str, Path],
    groups: Mapping[str, Sequence[str]],
    csv: Path,
) -> None:
    """Write the tests of one system against another, on every pair that both have and every average.

    Args:
        ours, theirs: the systems' names.
        measures, references: pair → their reciprocal ranks.
        groups: group → its pairs.
        csv: file to write; an average's column is "average of {group}".

    Raises:
        UserError: there is no pair that both have.
    """
    found = [with_averages(read_measures(own), groups) for own in (measures, references)]
    compared = compare_measured(*found)
    if not compared:
        raise UserError(f"{ours} and {theirs}: found no pair that both have, expected at least one")
    queries = {column: len(found[0][column]) for column in compared}
    tests = family(
        (ours, theirs, AVERAGE if column in groups else column, queries[column], own)
        for column, own in compared.items()
    )
    tests["column"] = [f"{AVERAGE} of {column}" if column in groups else column for column in compared]
    write_text(csv, family_csv(tests))
