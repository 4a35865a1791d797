"""A config read, made complete (defaults filled in, short forms written out, entries dropped) and checked."""

from collections.abc import Container, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from textwrap import shorten
from typing import Any

from switchrank.collections.base import COLLECTIONS
from switchrank.errors import UserError
from switchrank.experiment.checks import check
from switchrank.experiment.endings import MAIN, REFERENCE, with_ending
from switchrank.experiment.experiment import Experiment
from switchrank.experiment.recipes import ratio_name
from switchrank.experiment.schema import config_schema
from switchrank.lexicons.base import LEXICONS
from switchrank.pretrained.base import PRETRAINED
from switchrank.rankers.base import RANKERS
from switchrank.registry import Registry
from switchrank.settings import load_yaml, parse_yaml, validate, with_defaults

# Of what every experiment has, whatever its kinds.
DEFAULTS: dict[str, Any] = {
    "source_language": "en",
    "metrics": ["MRR@10", "nDCG@10", "Recall@10"],
    "seeds": [1],
    "mixed": {},
    "candidates": {"method": "fused", "depth": 25, "k1": 0.9, "b": 0.4},
    "vectors": {"words": 10000},
    "lexicons": {},
    "pretrained": {},
    "training": {"rounds": 8},
    "rankers": {},
}

_LONGEST_KEY = 60  # characters in messages


def load(sources: Sequence[str], given: Sequence[str] = ()) -> Experiment:
    """Read a config, check it and make it complete.

    `sources` are files, `given` are parts of it from the command line, as "key=value" with the value in YAML;
    each is laid over those before.

    Raises:
        UserError: a file, a value or the whole is not what config/README.md says.
    """
    for source in sources:
        if source.startswith("results/"):
            expected = "expected another option, such as --cores, between --configfile and the targets"
            raise UserError(f"{source}: found a target among the config files, {expected}")
    config = merged(sources)
    for assignment in given:
        config = _laid_over(config, _assigned(assignment))
    source = " + ".join([*sources, *map(_named, given)])
    validate(config, config_schema(), source)
    experiment = Experiment(resolve(config, source))
    check(experiment, source)
    return experiment


def merged(sources: Sequence[str | Path]) -> dict[str, Any]:
    """Config files laid over each other: mappings are merged, all else is replaced.

    Raises:
        UserError: a file is missing, or is no YAML mapping.
    """
    whole: dict[str, Any] = {}
    for source in sources:
        layer = load_yaml(source)
        if not isinstance(layer, dict):
            raise UserError(f"{source}: found {type(layer).__name__}, expected a mapping")
        whole = _laid_over(whole, layer)
    return whole


def _assigned(assignment: str) -> dict[str, Any]:
    """What "key=value" says; nothing after the sign is null."""
    source = _named(assignment)
    key, sign, value = assignment.partition("=")
    if not sign:
        raise UserError(f"{source}: found no value, expected key=value")
    return {key: parse_yaml(value, source, numbered=False)}


def _named(assignment: str) -> str:
    """How messages name a part of a config from the command line: by its key, in one line."""
    return f"--config {shorten(assignment.partition('=')[0], _LONGEST_KEY, placeholder='…')}"


def _laid_over(below: Any, above: Any) -> Any:
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    return {**below, **{key: _laid_over(below.get(key), value) for key, value in above.items()}}


def resolve(config: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Make a config that fits the schema complete; `source` is the file that errors name.

    Entries that are null are gone, and so are systems that `only` does not name, and whatever compares with
    either, and a headline that is about them. A number of seeds n stands for 1 to n. A list of ratios makes a
    system of each, such as ml-cs-p0.25. A ranker whose kind needs no settings need not be among `rankers`.

    Raises:
        UserError: `only` names a system that is not there, or a list of ratios makes one that is.
    """
    full = deepcopy(dict(config))
    for key in full.keys() & {"mixed", "lexicons", "pretrained", "rankers", "pairs"}:
        full[key] = {name: entry for name, entry in full[key].items() if entry is not None}
    for key, default in DEFAULTS.items():
        given = full.get(key, default)
        full[key] = default | given if isinstance(default, dict) else given
    entry = full["collection"]
    full["collection"] = _entry(COLLECTIONS, {"kind": entry} if isinstance(entry, str) else entry)
    collection = COLLECTIONS[full["collection"]["kind"]]
    full.setdefault("name", full["collection"]["kind"])
    full.setdefault("languages", list(collection.languages))
    others = [language for language in full["languages"] if language != full["source_language"]]
    full["training"].setdefault("languages", others)
    if collection.brings_candidates:
        full["candidates"]["method"] = "given"
    for key, registry in (("lexicons", LEXICONS), ("pretrained", PRETRAINED)):
        full[key] = {name: _entry(registry, entry) for name, entry in full[key].items()}
    full["seeds"] = _seeds(full["seeds"])
    full["pairs"] = full.get("pairs") or _every_pair(full["languages"])
    full["systems"] = _systems(full["systems"], full.pop("only", None), source)
    if full.get("headline") is None or _taken_away(full["headline"], config["systems"], full["systems"]):
        full.pop("headline", None)
    full["rankers"] = _rankers(full["rankers"], full["systems"])
    return full


def _entry(registry: Registry, entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry with the defaults of its kind."""
    return {"kind": entry["kind"]} | with_defaults(registry[entry["kind"]].Settings, entry)


def _rankers(entries: Mapping[str, Any], systems: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The rankers by name, kinds that are used by their own names too; a choice has the kind of its first."""
    used = [entry["ranker"] for entry in systems.values()]
    used += [name for entry in entries.values() for name in entry.get("choose", ())]
    known = {name: {"kind": name} for name in used if name in RANKERS} | entries
    kinds = {name: entry.get("kind") for name, entry in known.items()}
    return {
        name: {"kind": kinds.get(entry["choose"][0])} | entry if "choose" in entry else _entry(RANKERS, entry)
        for name, entry in known.items()
    }


def _seeds(given: int | list[int]) -> list[int]:
    """Seeds, or 1 to as many."""
    return list(range(1, given + 1)) if isinstance(given, int) else given


def _every_pair(languages: list[str]) -> dict[str, list[str]]:
    moir = [f"{language}-{language}" for language in languages]
    clir = [f"{query}-{passage}" for query in languages for passage in languages if query != passage]
    return {"moir": moir, "clir": clir} if clir else {"moir": moir}


def _taken_away(headline: str, given: Container[str], kept: Container[str]) -> bool:
    """Whether a headline is about systems of which the config has, but does not keep all."""
    about = [with_ending(system, headline) for system in (REFERENCE, MAIN)]
    return all(system in given for system in about) and not all(system in kept for system in about)


def _systems(entries: Mapping[str, Any], only: list[str] | None, source: str) -> dict[str, Any]:
    systems: dict[str, dict[str, Any]] = {}
    made_of: dict[str, list[str]] = {}  # entry → its systems
    for name, entry in entries.items():
        if entry is None:
            continue
        ratio = entry.get("training", {}).get("ratio")
        ratios = {f"{name}-{ratio_name(value)}": value for value in ratio} if isinstance(ratio, list) else {}
        made_of[name] = list(ratios) or [name]
        for system in made_of[name]:
            if system in systems:
                where = f"{source}: systems.{name}.training.ratio"
                raise UserError(f"{where}: makes {system}, which exists already")
            systems[system] = {"description": "", **entry}
            if "seeds" in entry:
                systems[system]["seeds"] = _seeds(entry["seeds"])
            if ratios:
                systems[system]["training"] = entry["training"] | {"ratio": ratios[system]}
    known = {*entries, *systems}
    if only is not None:
        chosen = [system for name in only for system in made_of.get(name, [name])]
        for system in chosen:
            if system not in systems:
                expected = ", ".join(systems) or "no systems"
                raise UserError(f"{source}: only: found {system!r}, expected some of {expected}")
        systems = {name: entry for name, entry in systems.items() if name in chosen}
    for entry in systems.values():
        versus = [other for name in entry.get("versus", []) for other in made_of.get(name, [name])]
        entry["versus"] = [other for other in versus if other in systems or other not in known]
    return systems
