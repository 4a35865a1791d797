"""How to make any figure of the page again."""

from typing import Any

from switchrank.report.inputs import Inputs

TITLE = NAV = "Rebuilding a cell"


def section(inputs: Inputs) -> dict[str, Any]:
    """The name of a cell: the treatment's, if there is one, and a cross-lingual one."""
    system = inputs.treatment if inputs.treatment in inputs.cells else list(inputs.cells)[-1]
    pairs = sorted(inputs.cells_of_pairs(system), key=lambda pair: inputs.pairs[pair].setting != "clir")
    return {"folder": inputs.config["folder"], "cell": f"{system}/{pairs[0]}", "groups": list(inputs.groups)}
