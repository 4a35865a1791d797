"""Assets: every download pinned, verified, unpacked, and there as a whole or not at all.

Beside the folder of an asset, its parent holds .archives (verified downloads, kept so that another run needs
no network) and .tools (a client that the machine lacks).
"""

import hashlib
import logging
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.assets.archives import unpack
from switchrank.assets.base import ASSETS, Asset, schema
from switchrank.assets.clients import DownloadError
from switchrank.assets.manifest import write_manifest
from switchrank.assets.scratch import locked, scratch
from switchrank.errors import UserError
from switchrank.registry import make
from switchrank.settings import load_yaml, validate

MIRROR_VARIABLE = "SWITCHRANK_MIRROR"
PINS = Path(__file__).with_name("assets.yaml")
_log = logging.getLogger(__name__)


def load_assets(path: str | Path = PINS) -> dict[str, dict[str, Any]]:
    """Read assets.yaml: name → pinned download, checked against what its kind allows.

    Raises:
        UserError: the file is missing, no YAML, breaks the schema, or gives two downloads the same file name.
    """
    assets = load_yaml(path)
    validate(assets, schema(), source=path)
    pinned: dict[str, tuple[str, str]] = {}
    for name, spec in assets.items():
        first, checksum = pinned.setdefault(spec["file"], (name, spec["sha256"]))
        if checksum != spec["sha256"]:
            taken = f"{spec['file']}, which {first} pins to another sha256"
            raise UserError(f"{path}: {name}.file: found {taken}, expected a name of its own")
    return assets


def mirror_folder(configured: str | None) -> Path | None:
    """The mirror folder: the environment variable SWITCHRANK_MIRROR, else the config's, else none."""
    folder = os.environ.get(MIRROR_VARIABLE) or configured
    return Path(folder).expanduser() if folder else None


def fetch(name: str, spec: Mapping[str, Any], destination: Path, mirror: Path | None = None) -> None:
    """Make `destination` hold the asset's files and a manifest, from verified bytes.

    Args:
        name: the asset's, for messages.
        spec: its entry in assets.yaml.
        destination: a folder, which appears (or is replaced) as a whole, by one rename.
        mirror: a folder looked at before any client: for <file>, then <name>/<file>.

    Raises:
        UserError: a client failed, a checksum is wrong, an archive is unsafe; one line. A download
            with a wrong checksum is removed, a file of the user or of the mirror never.
    """
    destination = Path(destination)
    archives, tools = destination.parent / ".archives", destination.parent / ".tools"
    with locked(archives / f".{name}.lock"):
        archive = archives / spec["file"]
        if archive.exists():
            _log.info("asset %s: %s is here already", name, archive)
            try:
                _verify(name, spec, archive, "was removed: run again to fetch it anew")
            except UserError:
                archive.unlink()
                raise
        else:
            with scratch(archives / f".{name}.download") as folder:
                os.replace(_obtain(name, spec, folder, tools, mirror), archive)
        with scratch(destination.parent / f".{name}.unpack") as folder:
            _fill(name, spec, archive, folder / "new")
            if destination.exists():
                os.rename(destination, folder / "old")
            os.rename(folder / "new", destination)
    _log.info("asset %s: sha256 %s, in %s", name, spec["sha256"], destination)


def _obtain(name: str, spec: Mapping[str, Any], folder: Path, tools: Path, mirror: Path | None) -> Path:
    """The asset's file, verified, in `folder`."""
    if kept := _in_mirror(name, spec, mirror):
        _log.info("asset %s: from the mirror, %s", name, kept)
        copy = Path(shutil.copyfile(kept, folder / spec["file"]))
        _verify(name, spec, copy, "was left alone: replace it, or unset the mirror", kept)
        return copy
    kind, settings = make(ASSETS, spec)
    asset: Asset = kind(settings)
    _log.info("asset %s: %s comes through %s", name, spec["file"], asset.client)
    try:
        fetched = asset.download(folder, tools)
        if not fetched.is_file():
            brought = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
            raise DownloadError(f"{asset.client} brought {brought}, expected {spec['file']}")
    except DownloadError as error:
        raise UserError(
            f"asset {name}: {error}; without a network, put {spec['file']} into a folder and name that "
            f"folder in the config key mirror or in {MIRROR_VARIABLE}"
        ) from error
    except UserError as error:
        raise UserError(f"asset {name}: {error}") from error
    if asset.original:
        _verify(name, spec, fetched, "was left alone: replace it, or its path", asset.original)
    else:
        _verify(name, spec, fetched, f"came through {asset.client} and was removed")
    return fetched


def _in_mirror(name: str, spec: Mapping[str, Any], mirror: Path | None) -> Path | None:
    if mirror is None:
        return None
    if not mirror.is_dir():
        raise UserError(f"asset {name}: mirror {mirror}: not found, expected a folder")
    places = (mirror / spec["file"], mirror / name / spec["file"])
    return next((place for place in places if place.is_file()), None)


def _verify(name: str, spec: Mapping[str, Any], path: Path, fate: str, known_as: Path | None = None) -> None:
    """Check the sha256 of `path`, which reached the disk; `fate` tells what became of a wrong file."""
    with open(path, "rb") as handle:
        os.fsync(handle.fileno())
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    if digest != spec["sha256"]:
        checked = f"expected sha256 {spec['sha256']}, found {digest}"
        raise UserError(f"asset {name}: {known_as or spec['file']}: {checked}; the file {fate}")


def _fill(name: str, spec: Mapping[str, Any], archive: Path, folder: Path) -> None:
    """Put the asset's files and its manifest into the new `folder`."""
    if "members" in spec:
        contents = unpack(archive, folder, spec["members"], root=spec.get("root", ""))
    else:
        folder.mkdir()
        copy = Path(shutil.copyfile(archive, folder / spec["file"]))
        _verify(name, spec, copy, "is a copy that went wrong")
        contents = {spec["file"]: spec["sha256"]}
    write_manifest(folder, name, spec, contents)
