"""Packages of Debian that are the same on every machine: data, such as dictionaries."""

from dataclasses import dataclass
from pathlib import Path

from switchrank.assets.base import VERSION, Asset, DownloadError
from switchrank.assets.transfer import transfer
from switchrank.settings import setting

ARCHIVE = "https://deb.debian.org/debian"  # of the releases in use
SNAPSHOTS = "https://snapshot.debian.org/archive/debian"  # of every day, slowly
_NAME = {"pattern": "^[a-z0-9][a-z0-9.+-]+$", "description": "lower case, digits and .+-"}


@dataclass(frozen=True, kw_only=True)
class Debian(Asset):
    """A package for all architectures, in Debian's section main; of what it holds nothing is run."""

    client = "the Debian archive"
    package: str = setting("its name", **_NAME)
    version: str = setting("its version", **VERSION)
    source: str = setting("the source package that it is built from, whose folder it is in", **_NAME)
    day: str = setting(
        "a day on which the archive had this version; what has left it is fetched as of then",
        pattern="^[0-9]{8}$",
        description="eight digits, year first",
    )

    @property
    def urls(self) -> list[str]:
        """Where the package is, to be tried in this order: the archive, the archive as it was on that day."""
        letters = self.source[: 4 if self.source.startswith("lib") else 1]
        path = f"pool/main/{letters}/{self.source}/{self.package}_{self.version}_all.deb"
        return [f"{ARCHIVE}/{path}", f"{SNAPSHOTS}/{self.day}T000000Z/{path}"]

    def download(self, folder: Path, tools: Path) -> None:
        """Stream the package from the first place that has it."""
        failures = []
        for url in self.urls:
            try:
                return transfer(url, folder / url.rpartition("/")[2])
            except DownloadError as error:
                failures.append(str(error))
        raise DownloadError("; ".join(failures))
