"""Kinds of assets: what assets.yaml says of a download, and how its file is fetched."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from switchrank.errors import UserError
from switchrank.registry import Registry
from switchrank.settings import setting

ASSETS = Registry(
    "asset",
    "switchrank.assets",
    {
        "pypi": "switchrank.assets.packages:PyPI",
        "npm": "switchrank.assets.packages:Npm",
        "debian": "switchrank.assets.packages:Debian",
        "hub": "switchrank.assets.hub:Hub",
        "file": "switchrank.assets.local:LocalFile",
    },
)

VERSION = {"pattern": "^[0-9][0-9A-Za-z.!+-]*$", "description": "one version, no range"}
PATH = {"pattern": "^[^/\\s][^\\s]*$", "description": "a relative path without spaces"}


class DownloadError(UserError):
    """A download failed, most often for want of a network."""


@dataclass(frozen=True, kw_only=True)
class Asset(ABC):
    """A download: what every kind has in assets.yaml. A kind is a dataclass that adds settings of its own."""

    client: ClassVar[str]  # what fetches the file, for messages
    other_way: ClassVar[str | None] = None  # what may help where it failed, beside another try and a mirror
    original: ClassVar[Path | None] = None  # the user's file that is copied; None for real downloads

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
        "patterns of the files to unpack; without any the file is taken as it is",
        (),
        minItems=1,
        items={"type": "string", **PATH},
    )

    @abstractmethod
    def download(self, folder: Path, tools: Path) -> None:
        """Put the file into the empty `folder`; what it is called and holds is the caller's to check.

        A client that the machine lacks is installed into `tools`, and kept. Raises DownloadError if the
        client failed, UserError if a local path is not there.
        """
