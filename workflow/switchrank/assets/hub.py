"""One file of a model or data set on a hub, streamed over HTTP."""

import os
import shutil
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

from tqdm import tqdm

from switchrank.assets.base import PATH, Asset, DownloadError
from switchrank.files import REFUSALS, cannot_write, reason_of
from switchrank.settings import setting

ENDPOINT = "https://huggingface.co"  # unless HF_ENDPOINT names another
_TIMEOUT = 60  # seconds without a byte


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
        """Stream the file, with progress on a terminal."""
        url = self.url
        try:
            with (
                urlopen(Request(url, headers={"User-Agent": "switchrank"}), timeout=_TIMEOUT) as answer,
                open(folder / self.file, "wb") as handle,
                tqdm.wrapattr(handle, "write", total=answer.length, desc=self.file, disable=None) as progress,
            ):
                shutil.copyfileobj(answer, progress)
                if answer.length:  # bytes that are still to come
                    raise OSError(f"the transfer broke off after {handle.tell()} bytes")
        except (OSError, HTTPException) as error:
            if getattr(error, "errno", None) in REFUSALS:
                raise cannot_write(folder / self.file, error.errno) from error
            raise DownloadError(f"GET {url} failed: {reason_of(error)}") from error
