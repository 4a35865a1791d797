"""A file on this computer, copied."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from switchrank.assets.base import VERSION, Asset, Pinned
from switchrank.errors import UserError
from switchrank.settings import setting


class LocalFile(Asset):
    """A file on this computer."""

    client = "a copy"

    @dataclass(frozen=True, kw_only=True)
    class Settings(Pinned):
        """What assets.yaml says of it."""

        path: str = setting("where the file lies", minLength=1)
        version: str = setting("its version, for the reader", "", **VERSION)

    @property
    def original(self) -> Path:
        """The user's file."""
        return Path(self.settings.path).expanduser()

    def download(self, folder: Path, tools: Path) -> Path:
        """Copy the file."""
        if not self.original.is_file():
            raise UserError(f"{self.original}: not found, expected a file")
        return Path(shutil.copyfile(self.original, folder / self.settings.file))
