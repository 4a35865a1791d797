"""The configs that users run, as Snakemake merges them."""

from copy import deepcopy
from pathlib import Path

from switchrank.settings import load_yaml

CONFIG = Path(__file__).parents[1] / "config"


def pocket():
    """config/pocket.yaml."""
    return load_yaml(CONFIG / "pocket.yaml")


def full():
    """config/pocket.yaml with config/full.yaml laid over it: mappings are merged, all else is replaced."""
    return _merged(pocket(), load_yaml(CONFIG / "full.yaml"))


def _merged(below, above):
    merged = deepcopy(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = _merged(merged[key], value) if both else value
    return merged
