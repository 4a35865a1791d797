"""One file of a model or data set on a hub, streamed over HTTP."""

import http.client
import os
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tqdm import tqdm

from switchrank.assets.base import PATH, Asset, Pinned
from switchrank.assets.clients import DownloadError
from switchrank.settings import setting

ENDPOINT = "https://huggingface.co"  # unless HF_ENDPOINT names another
_TIMEOUT = 60  # seconds without a byte
_CHUNK = 2**18


class Hub(Asset):
    """A file of a repository on a hub."""

    client = "the hub"

    @dataclass(frozen=True, kw_only=True)
    class Settings(Pinned):
        """What assets.yaml says of it."""

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
        settings = self.settings
        return f"{endpoint}/{settings.package}/resolve/{settings.version}/{quote(settings.path)}"

    def download(self, folder: Path, tools: Path) -> Path:
        """Stream the file, with progress where someone watches."""
        url, target = self.url, folder / self.settings.file
        try:
            _stream(url, target)
        except http.client.IncompleteRead as error:
            size = target.stat().st_size
            raise DownloadError(f"GET {url} failed: the transfer broke off after {size} bytes") from error
        except (OSError, http.client.HTTPException) as error:
            words = " ".join(str(getattr(error, "reason", error) or error).split())
            status = f"status {error.code} " if isinstance(error, urllib.request.HTTPError) else ""
            raise DownloadError(f"GET {url} failed: {status}{words or type(error).__name__}") from error
        return target


def _stream(url: str, target: Path) -> None:
    request = urllib.request.Request(url, headers={"User-Agent": "switchrank"})
    with (
        urllib.request.urlopen(request, timeout=_TIMEOUT) as answer,
        open(target, "wb") as handle,
        tqdm(total=answer.length, unit="B", unit_scale=True, desc=target.name, disable=None) as progress,
    ):
        expected = answer.length
        while block := answer.read(_CHUNK):
            handle.write(block)
            progress.update(len(block))
        if expected is not None and handle.tell() != expected:
            raise http.client.IncompleteRead(b"", expected - handle.tell())
