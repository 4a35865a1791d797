"""One file over HTTP, streamed."""

import shutil
from http.client import HTTPException
from pathlib import Path
from urllib.request import Request, urlopen

from tqdm import tqdm

from switchrank.assets.base import DownloadError
from switchrank.files import REFUSALS, cannot_write, reason_of

_TIMEOUT = 60  # seconds without a byte


def transfer(url: str, path: Path) -> None:
    """Stream what is at `url` into the file `path`, with progress on a terminal.

    Proxies are those that the environment names, such as https_proxy.

    Raises:
        DownloadError: it is not there, or did not come whole.
        UserError: the system refuses to write.
    """
    try:
        with (
            urlopen(Request(url, headers={"User-Agent": "switchrank"}), timeout=_TIMEOUT) as answer,
            open(path, "wb") as handle,
            tqdm.wrapattr(handle, "write", total=answer.length, desc=path.name, disable=None) as progress,
        ):
            shutil.copyfileobj(answer, progress)
            if answer.length:  # bytes that are still to come
                raise OSError(f"the transfer broke off after {handle.tell()} bytes")
    except (OSError, HTTPException) as error:
        if getattr(error, "errno", None) in REFUSALS:
            raise cannot_write(path, error.errno) from error
        raise DownloadError(f"GET {url} failed: {reason_of(error)}") from error
