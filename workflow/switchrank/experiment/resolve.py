"""A user's config made complete: defaults filled in, short forms written out, entries dropped."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from switchrank.collections.base import COLLECTIONS
from switchrank.errors import UserError
from switchrank.experiment.recipes import ratio_name
from switchrank.lexicons.base import LEXICONS
from switchrank.rankers.base import RANKERS
from switchrank.registry import Registry
from switchrank.settings import with_defaults

# Of what every experiment has, whatever its kinds.
DEFAULTS: dict[str, Any] = {
    "source_language": "en",
    "metrics": ["MRR@10", "nDCG@10", "Recall@10"],
    "seeds": [1],
    "mixed": {},
    "candidates": {"method": "fused", "depth": 25, "k1": 0.9, "b": 0.4},
    "vectors": {"words": 10000},
    "lexicons": {},
    "training": {"rounds": 8, "seed": 1},
    "rankers": {},
}
# Mappings whose entries an overlay may take away.
_NAMED = ("mixed", "lexicons", "rankers", "systems", "pairs")


def resolve(config: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Make a config complete.

    Entries that are null are gone, and so are systems that `only` does not name, and whatever compares with
    either. A number of seeds n stands for 1 to n. A list of ratios makes a system of each, such as
    ml-cs-p0.25. A ranker whose kind needs no settings need not be among `rankers`.

    Args:
        config: checked against the schema.
        source: the file to name in errors.

    Raises:
        UserError: `only` names a system that is not there.
    """
    full = deepcopy(dict(config))
    dropped = {name for name, entry in full["systems"].items() if entry is None}
    for key in _NAMED:
        if key in full:
            full[key] = {name: entry for name, entry in full[key].items() if entry is not None}
    for key, default in DEFAULTS.items():
        given = full.get(key, default)
        full[key] = default | given if isinstance(default, dict) else given
    collection = full["collection"]
    full["collection"] = _entry(
        COLLECTIONS, {"kind": collection} if isinstance(collection, str) else collection
    )
    full.setdefault("name", full["collection"]["kind"])
    full.setdefault("languages", list(COLLECTIONS[full["collection"]["kind"]].languages))
    others = [language for language in full["languages"] if language != full["source_language"]]
    full["training"].setdefault("languages", others)
    if COLLECTIONS[full["collection"]["kind"]].brings_candidates:
        full["candidates"] = {**full["candidates"], "method": "given"}
    full["lexicons"] = {name: _entry(LEXICONS, entry) for name, entry in full["lexicons"].items()}
    if isinstance(full["seeds"], int):
        full["seeds"] = list(range(1, full["seeds"] + 1))
    full["pairs"] = full.get("pairs") or _every_pair(full["languages"])
    full["systems"] = _systems(full["systems"], full.pop("only", None), dropped, source)
    used = {entry["ranker"]: {"kind": entry["ranker"]} for entry in full["systems"].values()}
    known = {name: entry for name, entry in used.items() if name in RANKERS} | full["rankers"]
    full["rankers"] = {name: _entry(RANKERS, entry) for name, entry in known.items()}
    return full


def _entry(registry: Registry, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with the defaults of its kind."""
    return {"kind": entry["kind"]} | with_defaults(registry[entry["kind"]].Settings, entry)


def _every_pair(languages: list[str]) -> dict[str, list[str]]:
    groups = {
        "moir": [f"{language}-{language}" for language in languages],
        "clir": [f"{query}-{document}" for query in languages for document in languages if query != document],
    }
    return {group: pairs for group, pairs in groups.items() if pairs}


def _systems(
    entries: Mapping[str, Any], only: list[str] | None, dropped: set[str], source: str
) -> dict[str, Any]:
    expanded: dict[str, dict[str, Any]] = {}
    named: dict[str, list[str]] = {}  # system → those that stand for it
    for name, entry in entries.items():
        ratio = entry.get("training", {}).get("ratio")
        ratios = ratio if isinstance(ratio, list) else [None]
        for value in ratios:
            system = name if value is None else f"{name}-{ratio_name(value)}"
            if system in expanded:
                raise UserError(
                    f"{source}: systems.{name}.training.ratio: makes {system}, which exists already"
                )
            named.setdefault(name, []).append(system)
            training = {} if value is None else {"training": {**entry["training"], "ratio": value}}
            expanded[system] = {"description": "", **entry, **training}
    if only is not None:
        chosen = [system for name in only for system in named.get(name, [name])]
        for system in chosen:
            if system not in expanded:
                known = ", ".join(expanded) or "no systems"
                raise UserError(f"{source}: only: found {system!r}, expected some of {known}")
        dropped = dropped | (expanded.keys() - set(chosen)) | (named.keys() - set(chosen))
        expanded = {name: entry for name, entry in expanded.items() if name in chosen}
    for entry in expanded.values():
        versus = [other for name in entry.get("versus", []) for other in named.get(name, [name])]
        entry["versus"] = [other for other in versus if other not in dropped]
    return expanded
