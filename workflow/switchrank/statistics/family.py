"""Families of tests: every comparison that a table shows, corrected for their number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from switchrank.errors import UserError
from switchrank.statistics.comparison import Measured, averages, compare
from switchrank.statistics.significance import CORRECTIONS, corrected

AVERAGE = "average"
_TESTS = {"p_t": "p", "p_randomisation": "p_randomisation"}  # columns → keys of a cell's `versus`
_MEASURED = [
    "system", "reference", "column", "queries", "difference", "interval_low", "interval_high", "effect_size",
    "wins", "ties", "losses", "se_queries", "se_seeds",
]  # fmt: skip
_SUFFIXES = ("", *(f"_{correction}" for correction in CORRECTIONS))
COLUMNS = [*_MEASURED, *(f"{test}{suffix}" for test in _TESTS for suffix in _SUFFIXES), "family"]


def family(comparisons: Iterable[tuple[str, str, str, int, Mapping[str, Any]]]) -> pd.DataFrame:
    """Arrange comparisons and correct their p values: COLUMNS, a row for each.

    A comparison is a system, its reference, a column (a pair, or AVERAGE), the number of queries, and what
    comparison.compare says. Differences, intervals and standard errors come × 100. p values are corrected
    for all tests on pairs; averages, which repeat what the pairs say, are no part of the family: their
    corrected p values are NaN, and `family`, its size, is 0.
    """
    rows = []
    for *head, compared in comparisons:
        points = [100 * value for value in (compared["difference"], *compared["interval"])]
        record = [compared[key] for key in ("effect_size", "wins", "ties", "losses")]
        errors = [None if error is None else 100 * error for error in compared["standard_error"].values()]
        rows.append([*head, *points, *record, *errors, *(compared[key] for key in _TESTS.values())])
    tests = pd.DataFrame(rows, columns=[*_MEASURED, *_TESTS])
    pairs = tests["column"] != AVERAGE
    for test in _TESTS:
        for correction in CORRECTIONS:
            values = corrected(tests.loc[pairs, test], correction)
            tests[f"{test}_{correction}"] = pd.Series(values, index=tests.index[pairs], dtype=float)
    return tests.assign(family=pairs * int(pairs.sum()))[COLUMNS]


def comparison(
    ours: str, theirs: str, measured: Measured, reference: Measured, groups: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """The family of one system's tests against another, on every pair that both have and every average.

    An average's column is "average of {group}". A UserError if there is no pair that both have.
    """
    measured, reference = ({**values, **averages(values, groups)} for values in (measured, reference))
    compared = compare(measured, reference)
    if not compared:
        raise UserError(f"{ours} and {theirs}: found no pair that both have, expected at least one")
    tests = family(
        (ours, theirs, AVERAGE if column in groups else column, len(measured[column]), versus)
        for column, versus in compared.items()
    )
    return tests.assign(column=[f"{AVERAGE} of {name}" if name in groups else name for name in compared])


def family_csv(frame: pd.DataFrame) -> str:
    """Tests, or other figures, for programs; six significant digits, blank is what does not exist."""
    return frame.to_csv(index=False, float_format="%.6g", lineterminator="\n")
