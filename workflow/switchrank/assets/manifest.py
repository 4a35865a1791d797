"""The manifest in an asset's folder: what was pinned, and each file's sha256."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.files import read_json, write_json

MANIFEST = ".fetched.json"


def write_manifest(folder: Path, name: str, pinned: Mapping[str, Any], contents: Mapping[str, str]) -> None:
    """Write the asset's name, its entry in assets.yaml, and file → sha256."""
    write_json(folder / MANIFEST, {"asset": name, **pinned, "contents": contents})


def read_manifest(folder: str | Path) -> dict[str, Any] | None:
    """What `write_manifest` wrote; None where the asset is not there."""
    path = Path(folder, MANIFEST)
    return read_json(path) if path.is_file() else None
