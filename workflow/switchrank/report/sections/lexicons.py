"""The quality of each lexicon beside what retrieval makes of it."""

from typing import Any

from switchrank.report.entries import Entry, count, figure, percent, table, word
from switchrank.report.inputs import Inputs
from switchrank.report.sections.gains import gain_columns, gain_entries

TITLE, NAV = "Lexicons and what retrieval makes of them", "Lexicons"
_SHARES = {
    "precision_at_1": "precision@1, %",
    "coverage": "coverage, %",
    "coverage_of_training_words": "coverage of training words, %",
}


def section(inputs: Inputs) -> dict[str, Any] | None:
    """A row for each system with a lexicon."""
    if inputs.lexicon_table is None:
        return None
    rows = [
        [
            Entry(row["system"]),
            Entry(row["lexicon"]),
            word(row["method"]),
            count(row["words"]),
            *(percent(row[name]) for name in _SHARES),
            figure(row["realised"], 3),
            *gain_entries(row, inputs),
        ]
        for row in inputs.lexicon_table.to_dict("records")
    ]
    head = ["system", "lexicon", "method", "words", *_SHARES.values(), "realised ratio"]
    return {"table": table([*head, *gain_columns(inputs)], rows)}
