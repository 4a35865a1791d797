"""Families of tests: what is shown and asked together, corrected for the number of tests.

The averages of all groups, which an experiment is summed up by, are one family. The pairs of a group are one
for each system: the question is on which of them it differs from its reference.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from switchrank.errors import UserError
from switchrank.statistics.comparison import Measured, averages, compare
from switchrank.statistics.significance import CORRECTIONS, corrected

AVERAGE = "average"
AVERAGES, PAIRS = "averages", "pairs"  # names of families
_TESTS = ("p", "p_t", "p_randomisation")
_MEASURED = [
    "system", "reference", "column", "queries", "difference", "interval_low", "interval_high", "detectable",
    "effect_size", "wins", "ties", "losses", "se_queries", "se_seeds", "se_both",
]  # fmt: skip
_SUFFIXES = ("", *(f"_{correction}" for correction in CORRECTIONS))
COLUMNS = [*_MEASURED, *(f"{test}{suffix}" for test in _TESTS for suffix in _SUFFIXES)]
COLUMNS += ["family", "family_size"]
# A family, a system, its reference, a column (a pair, or an average), queries, and what compare says.
Comparison = tuple[str, str, str, str, int, Mapping[str, Any]]


def family(comparisons: Iterable[Comparison]) -> pd.DataFrame:
    """Arrange comparisons and correct their p values within each family: COLUMNS, a row for each.

    Differences, intervals, what is detectable and standard errors come × 100.
    """
    rows = []
    for name, *head, compared in comparisons:
        points = [compared["difference"], *compared["interval"], compared["detectable"]]
        record = [compared[key] for key in ("effect_size", "wins", "ties", "losses")]
        errors = [None if error is None else 100 * error for error in compared["standard_error"].values()]
        p_values = [compared[test] for test in _TESTS]
        rows.append([*head, *(100 * value for value in points), *record, *errors, *p_values, name])
    tests = pd.DataFrame(rows, columns=[*_MEASURED, *_TESTS, "family"])
    families = tests.groupby("family", sort=False)
    tests["family_size"] = families["family"].transform("size").astype(int)
    for test in _TESTS:
        for correction in CORRECTIONS:
            of_families = [
                pd.Series(corrected(p_values, correction), p_values.index) for _, p_values in families[test]
            ]
            tests[f"{test}_{correction}"] = pd.concat([pd.Series(dtype=float), *of_families])
    return tests[COLUMNS]


def comparison(
    ours: str, theirs: str, measured: Measured, reference: Measured, groups: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """One system's tests against another on every pair that both have, a family, and every average, another.

    An average's column is "average of {group}". A UserError if there is no pair that both have.
    """
    measured, reference = ({**values, **averages(values, groups)} for values in (measured, reference))
    compared = compare(measured, reference)
    if not compared:
        raise UserError(f"{ours} and {theirs}: found no pair that both have, expected at least one")
    names = {
        name: (AVERAGES, f"{AVERAGE} of {name}") if name in groups else (PAIRS, name) for name in compared
    }
    return family(
        (of, ours, theirs, column, len(measured[name]), compared[name])
        for name, (of, column) in names.items()
    )


def family_csv(frame: pd.DataFrame) -> str:
    """Tests, or other figures, for programs; six significant digits, blank is what does not exist."""
    return frame.to_csv(index=False, float_format="%.6g", lineterminator="\n")
