"""Kinds of assets: what assets.yaml says of a download, and who brings it."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from switchrank.registry import Registry
from switchrank.settings import schema_of, setting

ASSETS = Registry(
    "asset",
    "switchrank.assets",
    {
        "pypi": "switchrank.assets.pypi:PyPI",
        "npm": "switchrank.assets.npm:Npm",
        "hub": "switchrank.assets.hub:Hub",
        "file": "switchrank.assets.local:LocalFile",
    },
)

VERSION = {"pattern": "^[0-9][0-9A-Za-z.!+-]*$", "description": "one version, no range"}
PATH = {"pattern": "^[^/\\s][^\\s]*$", "description": "a relative path without spaces"}
PATTERNS = {"minItems": 1, "items": {"type": "string", **PATH}}


@dataclass(frozen=True, kw_only=True)
class Pinned:
    """What every kind's settings have."""

    file: str = setting(
        "name of the file, also looked for in a mirror",
        pattern="^[A-Za-z0-9][A-Za-z0-9._+-]*$",
        description="a file name without a folder",
    )
    sha256: str = setting(
        "of the file", pattern="^[0-9a-f]{64}$", description="64 hexadecimal digits in lower case"
    )
    licence: str = setting("what one may do with it", minLength=1)
    purpose: str = setting("what it is for", minLength=1)
    root: str = setting("folder inside the archive that members are relative to", "", **PATH)
    members: tuple[str, ...] = setting(
        "patterns of the files to unpack; without any the file is taken as it is", (), **PATTERNS
    )


class Asset(ABC):
    """A download of one kind.

    Attributes:
        Settings: what its entry in assets.yaml has, a Pinned.
        client: who brings the file, for messages.
        original: the user's file that is copied, and left alone if it is wrong; None for real downloads.
    """

    Settings: ClassVar[type[Pinned]]
    client: ClassVar[str]
    original: Path | None = None

    def __init__(self, settings: Pinned):
        self.settings = settings

    @abstractmethod
    def download(self, folder: Path, tools: Path) -> Path:
        """Fetch the file; its checksum is the caller's to verify, and that it is the one expected.

        Args:
            folder: an empty folder that takes the file.
            tools: where a client that the machine lacks is installed to, and kept.

        Returns:
            where the file is expected: folder / settings.file.

        Raises:
            DownloadError: the client failed.
            UserError: a local path is not there.
        """


def schema() -> dict[str, Any]:
    """The JSON Schema of assets.yaml: the asset's name, which is its folder in resources/ → its entry."""
    return {
        "type": "object",
        "propertyNames": {"pattern": "^[a-z0-9][a-z0-9-]*$"},
        "additionalProperties": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"enum": list(ASSETS)}},
            "allOf": [{"if": _is_of(kind), "then": _entry(kind)} for kind in ASSETS],
        },
    }


def _is_of(kind: str) -> dict[str, Any]:
    return {"properties": {"kind": {"const": kind}}, "required": ["kind"]}


def _entry(kind: str) -> dict[str, Any]:
    entry = schema_of(ASSETS[kind].Settings)
    return entry | {"properties": {"kind": {"const": kind}, **entry["properties"]}}
