"""A heat map of query language × document language for each system."""

import math
from typing import Any

from switchrank.report.inputs import Inputs
from switchrank.report.plots.heatmap import colour_scale, heatmap
from switchrank.report.sections.summary import shown_first

TITLE, NAV = "Query language × document language", "Language matrix"


def section(inputs: Inputs) -> dict[str, Any]:
    """One heat map per system, all on one scale: those that the summary is about, and the others."""
    cells = {system: inputs.cells_of_pairs(system) for system in inputs.cells}
    best = max(cell["mean"] for named in cells.values() for cell in named.values())
    highest = max(10, 10 * math.ceil(10 * best))
    blocks = _blocks(inputs)
    maps = {}
    for system, named in cells.items():
        shown = {inputs.pairs[pair]: cell for pair, cell in named.items()}
        impossible = [inputs.pairs[pair] for pair in inputs.systems[system].get("impossible", ())]
        maps[system] = heatmap(system, shown, impossible, blocks, highest, inputs.metric)
    first = shown_first(inputs) or list(maps)
    return {
        "scale": colour_scale(highest, inputs.metric),
        "first": {system: maps[system] for system in first},
        "others": {system: drawn for system, drawn in maps.items() if system not in first},
    }


def _blocks(inputs: Inputs) -> list[list[str]]:
    """The sides that occur, in the order of the config: languages seen in training, others, mixed sides."""
    config = inputs.config
    pairs = [inputs.pairs[pair] for pairs in config["pairs"].values() for pair in pairs]
    occurring = {side.name for pair in pairs for side in (pair.query, pair.document)}
    seen = {config["source_language"], *config["training"]["languages"]}
    languages = [language for language in config["languages"] if language in occurring]
    blocks = [
        [language for language in languages if language in seen],
        [language for language in languages if language not in seen],
        [side for side in config["mixed"] if side in occurring],
    ]
    return [block for block in blocks if block]
