"""One file of a model or data set on a hub."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from switchrank.assets.base import PATH, Asset
from switchrank.assets.transfer import transfer
from switchrank.settings import setting

ENDPOINT = "https://huggingface.co"  # unless HF_ENDPOINT names another


@dataclass(frozen=True, kw_only=True)
class Hub(Asset):
    """A file of a repository on a hub."""

    client = "the hub"
    other_way = "name another hub in HF_ENDPOINT"
    package: str = setting(
        "the repository: owner/name of a model, datasets/owner/name of a data set",
        pattern="^(datasets/)?[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="owner/name or datasets/owner/name",
    )
    version: str = setting("the commit", pattern="^[0-9a-f]{40}$", description="a full commit")
    path: str = setting("the file's path in the repository", **PATH)

    @property
    def url(self) -> str:
        """The file's address: endpoint (HF_ENDPOINT, else the public hub), repository, commit, path."""
        endpoint = (os.environ.get("HF_ENDPOINT") or ENDPOINT).rstrip("/")
        return f"{endpoint}/{self.package}/resolve/{self.version}/{quote(self.path)}"

    def download(self, folder: Path, tools: Path) -> None:
        """Stream the file."""
        transfer(self.url, folder / self.file)
