"""The table of each group of pairs, and every test behind it."""

from collections import Counter
from typing import Any

import pandas as pd

from switchrank.report.entries import BLANK, DASH, Entry, count, figure, p_value, table, with_interval
from switchrank.report.estimates import Estimate, number
from switchrank.report.inputs import Inputs
from switchrank.statistics.family import AVERAGE
from switchrank.statistics.significance import ALPHA
from switchrank.statistics.tables import CEILING, Table

TITLE = NAV = "Tables"
_MARKS = {"‡": "bonferroni", "†": "holm", "*": "bh"}  # each stands where those before it do not
_P_VALUES = ("p_t", "p_t_bonferroni", "p_t_holm", "p_t_bh", "p_randomisation", "p_randomisation_holm")
_TESTS = (
    "system", "reference", "on", "difference", "d_z", "wins / ties / losses", "s.e. queries", "s.e. seeds",
    "t-test p", "Bonferroni", "Holm", "Benjamini–Hochberg", "randomisation p", "its Holm", "queries",
)  # fmt: skip


def section(inputs: Inputs) -> dict[str, Any]:
    """Scores and tests of each group."""
    return {
        "groups": [
            {
                "name": group,
                "title": inputs.groups[group],
                "family": shown.family,
                "scores": scores(shown),
                "tests": tests(shown) if len(shown.tests) else None,
            }
            for group, shown in inputs.tables.items()
        ]
    }


def scores(shown: Table) -> dict[str, Any]:
    """The table of one group: best in bold, significance marked, and what its tests found."""
    best, marks = shown.best, _marks(shown)
    rows = []
    for system in shown.scores.index:
        row = [Entry(system), Entry(shown.references[system] or "")]
        for column, score in shown.scores.loc[system].items():
            if column in shown.impossible[system]:
                row.append(DASH)
            elif pd.isna(score):
                row.append(BLANK)
            else:
                styles = ["best"] if best.loc[system, column] else []
                styles += ["edge"] if column == AVERAGE else []
                mark = marks.loc[system, column] if column in marks else ""
                row.append(Entry(number(score, sign=False) + mark, sort=score, style=" ".join(styles)))
        rows.append(row)
    counts = Counter(marks.to_numpy().flat)
    note = (
        f"{counts['‡']} significant after Bonferroni, {counts['†']} more after Holm, "
        f"{counts['*']} more after Benjamini–Hochberg"
    )
    foot = [Entry(CEILING), BLANK, *(figure(ceiling) for ceiling in shown.ceiling)]
    return table(["system", "tested against", *shown.scores.columns], rows, foot=foot, note=note)


def tests(shown: Table) -> dict[str, Any]:
    """Every test behind a table, with effect sizes and with queries and seeds kept apart."""
    rows = []
    for test in shown.tests.to_dict("records"):
        difference = Estimate(test["difference"], test["interval_low"], test["interval_high"])
        record = [int(test[name]) for name in ("wins", "ties", "losses")]
        rows.append(
            [
                Entry(test["system"]),
                Entry(test["reference"]),
                Entry(test["column"]),
                with_interval(difference, sign=True),
                figure(test["effect_size"], 2, sign=True),
                Entry(" / ".join(map(str, record)), sort=float(record[0] - record[2])),
                figure(test["se_queries"], 2),
                figure(test["se_seeds"], 2),
                *(p_value(test[name]) for name in _P_VALUES),
                count(test["queries"]),
            ]
        )
    return table(_TESTS, rows)


def _marks(shown: Table) -> pd.DataFrame:
    """‡ where significant after Bonferroni, † after Holm only, * after Benjamini and Hochberg only."""
    marks = pd.DataFrame("", index=shown.scores.index, columns=shown.pairs)
    for mark, correction in reversed(_MARKS.items()):
        marks = marks.mask(shown.p(f"p_t_{correction}").lt(ALPHA), mark)
    return marks
