"""Where the figures come from: sources, packages, processor, downloads, settings."""

import json
from collections.abc import Mapping
from typing import Any

import yaml

from switchrank.report import facts
from switchrank.report.inputs import Inputs

TITLE = NAV = "Provenance"
_SETTINGS = ("collection", "candidates", "lexicons", "training", "rankers")


def section(inputs: Inputs) -> dict[str, Any]:
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
