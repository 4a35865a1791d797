"""What a config may say: the fixed part, and the settings of every kind of collection, lexicon and ranker."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.collections.base import COLLECTIONS
from switchrank.lexicons.base import LEXICONS
from switchrank.rankers.base import RANKERS
from switchrank.registry import Registry
from switchrank.settings import kinds_schema, load_yaml

_FIXED = Path(__file__).parents[1] / "schemas" / "config.schema.yaml"


def config_schema() -> dict[str, Any]:
    """The JSON Schema of a config."""
    schema = load_yaml(_FIXED)
    collection = {"if": {"type": "string"}, "then": {"enum": list(COLLECTIONS)}, "else": _kinds(COLLECTIONS)}
    schema["$defs"] |= {"collection": collection, "lexicon": _kinds(LEXICONS), "ranker": _kinds(RANKERS)}
    return schema


def _kinds(registry: Registry) -> dict[str, Any]:
    return kinds_schema(_settings(registry))


def _settings(registry: Registry) -> Mapping[str, type]:
    return {kind: registry[kind].Settings for kind in registry}
