"""One file of a model or data set on a hub, through the hub's own client."""

import os
from dataclasses import dataclass
from pathlib import Path

import huggingface_hub  # imports what is used of it when it is used

from switchrank.assets.base import PATH, Asset, DownloadError
from switchrank.files import REFUSALS, cannot_write, reason_of
from switchrank.settings import setting

CLIENT = "the hub"
OTHER_WAY = "name another hub in HF_ENDPOINT"
_DATASETS = "datasets/"  # what the name of a data set begins with


@dataclass(frozen=True, kw_only=True)
class Hub(Asset):
    """A file of a repository on a hub."""

    client = CLIENT
    other_way = OTHER_WAY
    package: str = setting(
        "the repository: owner/name of a model, datasets/owner/name of a data set",
        pattern="^(datasets/)?[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="owner/name or datasets/owner/name",
    )
    version: str = setting("the commit", pattern="^[0-9a-f]{40}$", description="a full commit")
    path: str = setting("the file's path in the repository", **PATH)

    def download(self, folder: Path, tools: Path) -> None:
        """Fetch the file."""
        os.replace(hub_file(self.package, self.version, self.path, folder), folder / self.file)


def hub_file(repository: str, commit: str, path: str, folder: Path) -> Path:
    """Put a file of a repository of a hub into `folder`, and give its place there.

    `repository` is owner/name of a model, or datasets/owner/name. The hub is the one in HF_ENDPOINT, else
    the public one; a token in HF_TOKEN opens what is not for all. The client leaves files of its own in
    `folder`, in .cache.

    Raises:
        DownloadError: the file did not come; one line.
        UserError: the system refuses to write.
    """
    name = repository.removeprefix(_DATASETS)
    file = {
        "repo_id": name,
        "filename": path,
        "revision": commit,
        "repo_type": "model" if name == repository else "dataset",
        # The client itself would read the variable only once.
        "endpoint": (os.environ.get("HF_ENDPOINT") or huggingface_hub.constants.ENDPOINT).rstrip("/"),
    }
    try:
        return Path(huggingface_hub.hf_hub_download(**file, local_dir=folder))
    except MemoryError:
        raise
    except Exception as error:  # the client's own, those of its transport, the system's
        cause = error.__cause__ if isinstance(error.__cause__, Exception) else error
        if getattr(cause, "errno", None) in REFUSALS:
            raise cannot_write(folder / path, cause.errno) from error
        url = huggingface_hub.hf_hub_url(**file)
        told = str(cause).replace(url, "it").partition(" for url")[0] or type(cause).__name__
        raise DownloadError(f"GET {url} failed: {reason_of(Exception(told))}") from error
