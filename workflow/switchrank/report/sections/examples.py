"""Single queries, with their candidates by the treatment and by the reference, and training text."""

from typing import Any

from switchrank.languages import side_name
from switchrank.report.inputs import Inputs

TITLE = NAV = "Examples"


def section(inputs: Inputs) -> dict[str, Any] | None:
    """What analyses.examples chose, with the languages of both sides.

    A side that mixes languages has none: browsers then go by the text itself.
    """
    if not inputs.examples:
        return None
    shown = []
    for example in inputs.examples:
        pair = inputs.pairs[example["pair"]]
        sides = (pair.query, pair.document)
        languages = ["" if side.mixed else side.name for side in sides]
        shown.append({**example, "named": " → ".join(map(side_name, sides)), "languages": languages})
    return {"examples": shown}
