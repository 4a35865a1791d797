"""A model in a folder of this computer, such as one that was trained elsewhere."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from switchrank.files import cannot_read, sha256
from switchrank.pretrained.base import Inputs, Pretrained
from switchrank.pretrained.layout import TAKEN, lacking, link_files
from switchrank.settings import setting


@dataclass(frozen=True)
class Settings:
    """Where a model is."""

    path: str = setting("the folder; it is read, never changed", minLength=1)


class Folder(Pretrained):
    """A model in a folder as Hugging Face lays it out, with weights as safetensors."""

    Settings = Settings

    @classmethod
    def check(cls, settings: Settings) -> str | None:
        """Whether the folder is there, and has what a model must have."""
        folder = _folder(settings)
        if not folder.is_dir():
            return f"path: found {settings.path!r}, expected a folder that exists"
        problem = lacking(_files(folder))
        return problem and f"path: {folder}: {problem}"

    @classmethod
    def files(cls, settings: Settings) -> list[str]:
        """All files that are read."""
        return list(map(str, _files(_folder(settings)).values()))

    def lay_out(self, folder: Path, inputs: Inputs) -> dict[str, Any]:
        """Link the files."""
        files = _files(_folder(self.settings))
        link_files(files, folder)
        return {"source": self.settings.path, "files": {name: sha256(path) for name, path in files.items()}}


def _folder(settings: Settings) -> Path:
    return Path(settings.path).expanduser()


def _files(folder: Path) -> dict[str, Path]:
    """The files to read by name."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise cannot_read(folder, error) from error
    return {path.name: path for path in paths if re.match(TAKEN, path.name) and path.is_file()}
