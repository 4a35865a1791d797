"""The columns that the tables of ratios and of lexicons share: each group's average and its gain."""

from collections.abc import Mapping
from typing import Any

from switchrank.report.entries import Entry, with_interval
from switchrank.report.estimates import Estimate
from switchrank.report.inputs import Inputs


def gain_columns(inputs: Inputs) -> list[str]:
    """The headings."""
    return [heading for name in inputs.groups.values() for heading in (name, "gain")]


def gain_entries(row: Mapping[str, Any], inputs: Inputs) -> list[Entry]:
    """The entries of a row of analyses.variants."""
    return [
        with_interval(Estimate(*(row[f"{figure}{end}"] for end in ("", " low", " high"))), sign)
        for group in inputs.groups
        for figure, sign in ((group, False), (f"{group} gain", True))
    ]
