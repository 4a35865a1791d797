"""Assets: every download pinned, verified, unpacked, and there as a whole or not at all.

Beside the folder of an asset, its parent holds .archives (verified downloads, kept so that another run needs
no network) and .tools (a client that the machine lacks).
"""

import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from switchrank.assets.archives import unpack
from switchrank.assets.base import ASSETS, Asset, DownloadError
from switchrank.assets.manifest import write_manifest
from switchrank.assets.scratch import locked, put_in_place, scratch
from switchrank.errors import UserError
from switchrank.files import copy, sha256, writing
from switchrank.settings import TEXT, kinds_schema, load_yaml, validate

MIRROR_VARIABLE = "SWITCHRANK_MIRROR"
PINS = Path(__file__).with_name("assets.yaml")
_PAGE = (b"<!doctype html", b"<html")  # what a web page begins with
_log = logging.getLogger(__name__)


def load_assets(path: str | Path = PINS) -> dict[str, dict[str, Any]]:
    """Read assets.yaml: name, which is the folder in resources/ → pinned download, checked as its kind says.

    Raises:
        UserError: the file is missing, no YAML, breaks the schema, or gives two downloads the same file name.
    """
    assets = load_yaml(path)
    names = TEXT | {"pattern": "^[a-z0-9][a-z0-9-]*$"}
    schema = {"type": "object", "propertyNames": names, "additionalProperties": kinds_schema(ASSETS)}
    validate(assets, schema, source=path)
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


def fetch(name: str, spec: Mapping[str, Any], destination: str | Path, mirror: Path | None = None) -> None:
    """Make the folder `destination` hold an asset's files and a manifest, from verified bytes.

    It appears (or is replaced) as a whole, by one rename. `spec` is the asset's entry in assets.yaml. Before
    any client is called, <file> and <name>/<file> are looked for in `mirror`.

    Raises:
        UserError: a client failed, a checksum is wrong, an archive is unsafe; one line. A download
            with a wrong checksum is removed, a file of the user or of the mirror never.
    """
    asset: Asset = ASSETS[spec["kind"]](**{key: value for key, value in spec.items() if key != "kind"})
    destination = Path(destination)
    parent = destination.parent
    archive = parent / ".archives" / asset.file
    try:
        with locked(archive.with_name(f".{name}.lock")):
            if archive.exists():
                _log.info("asset %s: %s is here already", name, archive)
                verify(archive, asset.sha256, asset.file, "was removed: run again to fetch it again")
            else:
                with scratch(archive.with_name(f".{name}.download")) as folder:
                    _obtain(name, asset, folder, parent / ".tools", mirror)
                    os.replace(folder / asset.file, archive)
            with scratch(parent / f".{name}.unpack") as folder:
                contents = _fill(folder / "new", asset, archive)
                write_manifest(folder / "new", name, spec, contents)
                put_in_place(folder / "new", destination)
    except DownloadError as error:
        way = f"put {asset.file} into a folder and name that in the config key mirror or in {MIRROR_VARIABLE}"
        ways = ["run the same command again", asset.other_way, f"without a network, {way}"]
        raise UserError(f"asset {name}: {error}; {'; or '.join(filter(None, ways))}") from error
    except UserError as error:
        raise UserError(f"asset {name}: {error}") from error
    _log.info("asset %s: sha256 %s, in %s", name, asset.sha256, destination)


def _obtain(name: str, asset: Asset, folder: Path, tools: Path, mirror: Path | None) -> None:
    """Put the asset's file into `folder` and verify it."""
    path = folder / asset.file
    if original := in_mirror(mirror, asset.file, f"{name}/{asset.file}"):
        _log.info("asset %s: from the mirror, %s", name, original)
        copy(original, path)
    else:
        _log.info("asset %s: %s comes through %s", name, asset.file, asset.client)
        asset.download(folder, tools)
        if not path.is_file():
            brought = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
            raise DownloadError(f"{asset.client} brought {brought}, expected {asset.file}")
        original = asset.original
    if original:
        verify(path, asset.sha256, original, "was left alone: replace it, or name another")
    else:
        fate = f"came through {asset.client} and was removed"
        verify(path, asset.sha256, asset.file, fate, wrong=DownloadError)


def in_mirror(mirror: Path | None, *places: str) -> Path | None:
    """The first of some places in a mirror where there is a file; None if there is none, or no mirror.

    Raises:
        UserError: the mirror is no folder.
    """
    if mirror is None:
        return None
    if not mirror.is_dir():
        raise UserError(f"mirror {mirror}: not found, expected a folder")
    return next((path for path in map(mirror.joinpath, places) if path.is_file()), None)


def verify(
    path: Path, expected: str, named: str | Path, fate: str, wrong: type[UserError] = UserError
) -> None:
    """Check the sha256 of a file, which may be a copy of a user's, and remove a wrong one.

    Raises:
        UserError: it is a wrong one, called `named`, of which `fate` says what became; of the type `wrong`.
    """
    with open(path, "rb") as handle:
        os.fsync(handle.fileno())
    found = sha256(path)
    if found != expected:
        with open(path, "rb") as handle:
            head = handle.read(512).lstrip()
        if head.lower().startswith(_PAGE):
            found = f"a web page (does the network want a login, or a proxy?), {found}"
        path.unlink()
        raise wrong(f"{named}: expected sha256 {expected}, found {found}; the file {fate}")


def _fill(folder: Path, asset: Asset, archive: Path) -> dict[str, str]:
    """Put the asset's files into the new `folder`; give each one's sha256."""
    if asset.members:
        files = unpack(archive, folder, asset.members, asset.root)
    else:
        path = folder / asset.file
        with writing(folder):
            folder.mkdir()
        copy(archive, path)
        verify(path, asset.sha256, asset.file, "was copied wrongly: run the same command again")
        files = [asset.file]
    return {name: sha256(folder / name) for name in files}
