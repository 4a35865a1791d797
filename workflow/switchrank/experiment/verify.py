"""Results compared with what is here now: sources, packages, processor, config, downloads, inputs."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from switchrank.assets.manifest import read_manifest
from switchrank.errors import UserError
from switchrank.experiment.provenance import gather
from switchrank.files import read_json, sha256


def verify(paths: Iterable[Path], configured: Mapping[str, str] | None = None) -> tuple[int, list[str]]:
    """How many cells are in files or folders, and a line for each difference between them and what is here.

    Inputs and downloads are looked for from this folder. `configured` is system → digest of what the config
    says of it; without it configs are not compared. A path that is not there, or has no cell, is a UserError.
    """
    concerned: dict[str, list[Path]] = {}
    digest, changes, count = cache(_digest), cache(_changes), 0
    for path, cell in _cells(paths):
        count += 1
        origin, expected = cell["provenance"], (configured or {}).get(cell["system"])
        texts = [*_machine(origin, gather())]
        if expected is not None and origin.get("config_digest") != expected:
            texts.append(f"config: digest was {origin.get('config_digest', 'not recorded')}, is {expected}")
        for folder, pin in origin.get("data", {}).items():
            texts += changes(folder, pin["sha256"])
        for name, recorded in origin.get("inputs", {}).items():
            if digest(name) != recorded:
                texts.append(f"{name}: {'is gone' if digest(name) is None else 'has changed'}")
        for text in texts:
            concerned.setdefault(text, []).append(path)
    return count, [f"{_names(cells)}: {text}" for text, cells in concerned.items()]


def _cells(paths: Iterable[Path]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The cells among files, and below folders, where other files may be too."""
    for path in paths:
        if not path.exists():
            raise UserError(f"{path}: not found, expected a cell or a folder of cells")
        empty = True
        for file in sorted(path.rglob("*.json")) if path.is_dir() else [path]:
            try:
                value = read_json(file)
            except UserError:
                raise UserError(f"{file}: found no JSON, expected a cell") from None
            if isinstance(value, dict) and {"system", "provenance"} <= value.keys():
                empty = False
                yield file, value
        if empty:
            raise UserError(f"{path}: found no result that says where it comes from, expected cells")


def _machine(origin: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if origin.get("clean") is False:
        yield f"was made with changes to the sources since commit {origin['commit'][:12]}"
    elif origin.get("commit") == now["commit"] and origin.get("clean") != now["clean"]:
        yield f"the sources have changed since commit {now['commit'][:12]}"
    before = _flat({key: origin.get(key) for key in now})
    for key, value in _flat(now).items():
        if key.startswith("packages ") and None in (before.get(key), value):
            continue  # not every job's environment has every package
        if key != "clean" and before.get(key) != value:
            yield f"{key}: was {before.get(key) or 'not recorded'}, is {value}"


def _flat(values: Mapping[str, Any]) -> dict[str, Any]:
    flat: dict[str, Any] = {}  # those of inner mappings under keys joined by a blank
    for key, value in values.items():
        inner = isinstance(value, Mapping)
        flat |= {f"{key} {name}": item for name, item in value.items()} if inner else {key: value}
    return flat


def _changes(folder: str, expected: str) -> list[str]:
    """What is not as expected of an asset, whose download had this sha256."""
    manifest = read_manifest(folder)
    if manifest is None:
        return [f"{folder}: is gone"]
    if manifest["sha256"] != expected:
        return [f"{folder}: sha256 was {expected}, is {manifest['sha256']}"]
    changed = [name for name, digest in manifest["contents"].items() if _digest(f"{folder}/{name}") != digest]
    return [f"{folder}/{name}: is not as downloaded" for name in changed]


def _digest(name: str) -> str | None:
    return sha256(name) if Path(name).is_file() else None


def _names(cells: list[Path]) -> str:
    others = len(cells) - 1
    return f"{cells[0]}" + (f" and {others:,} other{'s' if others > 1 else ''}" if others else "")
