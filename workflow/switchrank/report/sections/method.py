"""What was done: collection, candidates, systems, measurement."""

from collections.abc import Mapping
from math import isnan
from typing import Any

from switchrank.collections.base import COLLECTIONS
from switchrank.languages import language_name
from switchrank.report.entries import Entry, table
from switchrank.report.inputs import Inputs, all_data, tested_against
from switchrank.statistics.family import AVERAGE

TITLE = NAV = "What was done"


def section(inputs: Inputs) -> dict[str, Any]:
    """Facts of the collection, the candidates' ceilings, and what the systems are."""
    config = inputs.config
    ceilings = {group: shown.ceiling[AVERAGE] for group, shown in inputs.tables.items()}
    ceilings = {group: ceiling for group, ceiling in ceilings.items() if not isnan(ceiling)}
    cells = [cell for named in inputs.cells.values() for cell in named.values()]
    return {
        "collection": config["collection"]["kind"],
        "languages": config["languages"],
        "parallel": COLLECTIONS[config["collection"]["kind"]].parallel,
        "given": config["candidates"]["method"] == "given",
        "corpus": inputs.corpus,
        "mixed": {side: list(map(language_name, languages)) for side, languages in config["mixed"].items()},
        "queries": max(cell["queries"] for cell in cells),
        "ceilings": {name: ceilings[group] for group, name in inputs.groups.items() if group in ceilings},
        "systems": _systems(config),
        "seeds": config["seeds"],
    }


def _systems(config: Mapping[str, Any]) -> dict[str, Any]:
    """What the systems are, and on which pairs they were measured."""
    every = [pair for pairs in config["pairs"].values() for pair in pairs]
    rows = [
        [
            Entry(name),
            Entry(system.get("description", "")),
            Entry(system["ranker"]),
            Entry(tested_against(system) or ""),
            Entry(_measured_on(system, every)),
        ]
        for name, system in config["systems"].items()
    ]
    return table(["system", "what it is", "ranker", "tested against", "measured on"], rows)


def _measured_on(system: Mapping[str, Any], every: list[str]) -> str:
    impossible = [pair for pair in every if pair in system.get("impossible", ())]
    possible = [pair for pair in every if pair not in impossible]
    measured = system.get("pairs", possible)
    if set(measured) != set(possible):
        text = f"chosen by the config: {', '.join(measured)}"
    elif not impossible:
        text = "all pairs"
    elif len(impossible) == 1:
        text = f"all pairs but {impossible[0]}"
    else:
        text = f"the {len(possible)} pairs where it can exist"
    return f"{text}; a model for each" if len(all_data(system)) > 1 else text
