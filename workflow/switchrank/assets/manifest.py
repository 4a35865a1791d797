"""The manifest in an asset's folder: what was pinned, and each file's sha256."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.files import REFETCH, read_json, reading, write_json

MANIFEST = ".fetched.json"


def write_manifest(folder: Path, name: str, pinned: Mapping[str, Any], contents: Mapping[str, str]) -> None:
    """Write the asset's name, its entry in assets.yaml, and file → sha256."""
    write_json(folder / MANIFEST, {"asset": name, **pinned, "contents": contents})


def read_manifest(folder: str | Path) -> dict[str, Any] | None:
    """What `write_manifest` wrote; None where the asset is not there."""
    path = Path(folder, MANIFEST)
    if not path.is_file():
        return None
    with reading(path, REFETCH):
        manifest = read_json(path, REFETCH)
        manifest["sha256"], dict(manifest["contents"])
    return manifest
