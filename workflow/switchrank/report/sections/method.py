"""What was done, how to do it again, and what it was done with."""

import json
from collections.abc import Mapping
from math import isnan
from typing import Any

import yaml

from switchrank.collections.base import COLLECTIONS
from switchrank.languages import language_name
from switchrank.report import facts
from switchrank.report.estimates import table
from switchrank.report.inputs import Inputs, all_data, tested_against
from switchrank.statistics.family import AVERAGE

_SETTINGS = ("collection", "candidates", "lexicons", "training", "rankers")


def method(inputs: Inputs) -> dict[str, Any]:
    """Facts of the collection, the candidates' ceilings, and what the systems are."""
    config = inputs.config
    ceilings = {name: inputs.tables[group].ceiling[AVERAGE] for group, name in inputs.groups.items()}
    every = [pair for pairs in config["pairs"].values() for pair in pairs]
    systems = [
        [name, entry.get("description"), entry["ranker"], tested_against(entry), _measured_on(entry, every)]
        for name, entry in inputs.systems.items()
    ]
    return {
        "parallel": COLLECTIONS[config["collection"]["kind"]].parallel,
        "corpus": inputs.corpus,
        "mixed": {side: list(map(language_name, languages)) for side, languages in config["mixed"].items()},
        "queries": max(cell["queries"] for named in inputs.cells.values() for cell in named.values()),
        "ceilings": {name: ceiling for name, ceiling in ceilings.items() if not isnan(ceiling)},
        "systems": table(["system", "what it is", "ranker", "tested against", "measured on"], systems),
    }


def rebuild(inputs: Inputs) -> dict[str, Any]:
    """The name of a cell: the treatment's, if there is one, and a cross-lingual one."""
    system = inputs.treatment if inputs.treatment in inputs.cells else list(inputs.cells)[-1]
    pairs = sorted(inputs.cells_of_pairs(system), key=lambda pair: inputs.pairs[pair].setting != "clir")
    return {"cell": f"{system}/{pairs[0]}", "groups": list(inputs.groups)}


def provenance(inputs: Inputs) -> dict[str, Any]:
    """What is known of the run, what cells record beside it, and the settings as YAML.

    The files that a cell was made of are left to the cell: they are many.
    """
    config, run = inputs.config, inputs.config["provenance"]
    cells = {
        system: {
            key: value
            for key, value in next(iter(named.values()))["provenance"].items()
            if key != "inputs" and value != run.get(key)
        }
        for system, named in inputs.cells.items()
    }
    settings = json.loads(json.dumps({key: config[key] for key in _SETTINGS if config.get(key)}))
    details = {key: value for key, value in run.items() if isinstance(value, Mapping)}
    options = {"sort_keys": False, "allow_unicode": True, "default_flow_style": None, "width": 100}
    return {
        "run": facts.facts({key: value for key, value in run.items() if key not in details}, ()),
        "details": {key: facts.rows(value) for key, value in details.items() if value},
        "cells": facts.shared(cells),
        "settings": yaml.safe_dump(settings, **options),
    }


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
