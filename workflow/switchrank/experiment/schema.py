"""What a config may say: the JSON Schema of its fixed part and of every kind's settings."""

from typing import Any

from switchrank.collections.base import COLLECTIONS
from switchrank.lexicons.base import LEXICONS
from switchrank.rankers.base import RANKERS
from switchrank.registry import Registry
from switchrank.settings import TEXT, by_key, kinds_schema, mapping

_NAME = {
    "type": "string",
    "description": "a name of letters, digits, dots and hyphens",
    "pattern": r"^[A-Za-z0-9][A-Za-z0-9.-]*\Z",
}
_COUNT = {"type": "integer", "minimum": 1}
_SEED = {"type": "integer", "minimum": 0}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}


def config_schema() -> dict[str, Any]:
    """The JSON Schema of a config."""
    candidates = {
        "method": {"enum": ["fused", "bm25"]},
        "depth": _COUNT | {"maximum": 1000},
        "k1": {"type": "number", "minimum": 0},
        "b": _SHARE,
    }
    properties = {
        "collection": _either("string", {"enum": list(COLLECTIONS)}, _kinds(COLLECTIONS)),
        "name": _NAME,
        "mirror": TEXT,
        "languages": _several(TEXT),
        "source_language": TEXT,
        "mixed": _by_name(_several(TEXT)),
        "metrics": _several(TEXT),
        "seeds": _either("array", _several(_SEED), _COUNT),
        "only": _several(TEXT),
        "headline": _either("null", {}, TEXT),
        "judged_again": {"type": "array", "uniqueItems": True, "items": TEXT},
        "candidates": mapping(candidates),
        "vectors": mapping({"words": {"type": "integer", "minimum": 100}}),
        "lexicons": _by_name(_kinds(LEXICONS)),
        "training": mapping({"rounds": _COUNT, "languages": _several(TEXT)}),
        "rankers": _by_name(_ranker()),
        "systems": _by_name(_system()) | {"minProperties": 1},
        "pairs": _by_name(_either("string", {"enum": ["all"]}, _several(TEXT))) | {"minProperties": 1},
    }
    return mapping(properties, ["collection", "systems"])


def _ranker() -> dict[str, Any]:
    """Settings of a kind, or a choice among other rankers."""
    choice = mapping({"choose": _several(TEXT), "dev": {"enum": ["source", "all"]}}, ["choose", "dev"])
    return {"if": {"required": ["choose"]}, "then": choice, "else": _kinds(RANKERS)}


def _system() -> dict[str, Any]:
    plain = mapping({"data": {}})
    switched = {
        "data": {},
        "lexicon": TEXT,
        "ratio": _either("array", _several(_SHARE), _SHARE),
        "mode": {"enum": ["static", "coverage", "dropout", "dynamic"]},
        "epochs": {"type": "integer", "minimum": 2},
        "stop_words": {"type": "boolean"},
    }
    mixed = mapping(switched, ["lexicon", "ratio"])
    whole = mapping({key: switched[key] for key in ("data", "ratio")}, ["ratio"])
    training = {"source": plain, "ml-cs": mixed, "bl-cs": mixed, "fine-tune": plain, "whole-texts": whole}
    properties = {
        "description": TEXT,
        "ranker": TEXT,
        "versus": {"type": "array", "uniqueItems": True, "items": TEXT},
        "pairs": _several(TEXT),
        "pairs_because": TEXT,
        "translate": TEXT,
        "mask": {"enum": ["shared"]},
        "training": by_key("data", training),
    }
    return mapping(properties, ["ranker"])


def _kinds(registry: Registry) -> dict[str, Any]:
    return kinds_schema({kind: registry[kind].Settings for kind in registry})


def _by_name(entry: dict[str, Any]) -> dict[str, Any]:
    """Entries by name; an overlay takes one away with null."""
    return {
        "type": "object",
        "propertyNames": _NAME,
        "additionalProperties": _either("null", {}, entry),
    }


def _several(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "uniqueItems": True, "minItems": 1, "items": item}


def _either(of_type: str, schema: dict[str, Any], otherwise: dict[str, Any]) -> dict[str, Any]:
    return {"if": {"type": of_type}, "then": schema, "else": otherwise}
