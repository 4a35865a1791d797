"""A file on this computer, copied."""

from dataclasses import dataclass
from pathlib import Path

from switchrank.assets.base import VERSION, Asset
from switchrank.errors import UserError
from switchrank.files import copy
from switchrank.settings import setting


@dataclass(frozen=True, kw_only=True)
class LocalFile(Asset):
    """A file on this computer."""

    client = "a copy"
    path: str = setting("where the file is", minLength=1)
    version: str = setting("its version, for the reader", "", **VERSION)

    @property
    def original(self) -> Path:
        """The user's file."""
        return Path(self.path).expanduser()

    def download(self, folder: Path, tools: Path) -> None:
        """Copy the file."""
        if not self.original.is_file():
            raise UserError(f"{self.original}: not found, expected a file")
        copy(self.original, folder / self.file)
