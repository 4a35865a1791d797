"""A model on a hub, of which each file is pinned by its sha256 or was recorded when it first came.

The folder of all pretrained models keeps .downloads (verified files, so that another run needs no network)
and .digests (the sha256 of files that the config gives none of, one file for each commit of a repository).
"""

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from switchrank.assets.base import DownloadError
from switchrank.assets.fetch import MIRROR_VARIABLE, in_mirror, verify
from switchrank.assets.hub import CLIENT, OTHER_WAY, hub_file
from switchrank.assets.scratch import locked, scratch
from switchrank.errors import UserError
from switchrank.files import copy, read_json, sha256, write_json
from switchrank.pretrained.base import Inputs, Pretrained
from switchrank.pretrained.layout import TAKEN, TAKEN_ARE, lacking, link_files
from switchrank.settings import TEXT, setting

_FILE = TEXT | {"pattern": TAKEN, "description": TAKEN_ARE}
_SHA256 = TEXT | {"pattern": r"^[0-9a-f]{64}\Z", "description": "64 hexadecimal digits in lower case"}
_FILES = {
    "if": {"type": "array"},
    "then": {"uniqueItems": True, "items": _FILE},
    "else": {"type": "object", "propertyNames": _FILE, "additionalProperties": _SHA256},
}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Settings:
    """What a model's files are."""

    repository: str = setting(
        "owner/name of the model",
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9][A-Za-z0-9._-]*\Z",
        description="owner/name",
    )
    commit: str = setting("the commit", pattern=r"^[0-9a-f]{40}\Z", description="a full commit")
    files: tuple[str, ...] | Mapping[str, str] = setting(
        "the files to take: a mapping to the sha256 of each, or a list; then each one's sha256 is recorded "
        "when it first comes, and verified ever after",
        **_FILES,
    )


class HubModel(Pretrained):
    """A model on a hub, or in the mirror folder as owner/name/file; code that it may bring is never run."""

    Settings = Settings

    @classmethod
    def check(cls, settings: Settings) -> str | None:
        """Whether the files are what a model must have."""
        problem = lacking(settings.files)
        return problem and f"files: {problem}"

    def lay_out(self, folder: Path, inputs: Inputs) -> dict[str, Any]:
        """Fetch and verify the files, and link them."""
        settings = self.settings
        place = f"{settings.repository}/{settings.commit}"
        kept, record = inputs.kept / ".downloads" / place, inputs.kept / ".digests" / f"{place}.json"
        try:
            with locked(record.with_suffix(".lock")):
                for name in settings.files:
                    self._fetch(name, kept, record, inputs.mirror)
        except DownloadError as error:
            naming = f"name FOLDER in the config key mirror or in {MIRROR_VARIABLE}"
            way = f"without a network, put it into FOLDER/{settings.repository} and {naming}"
            ways = f"run the same command again; or {OTHER_WAY}; or {way}"
            raise UserError(f"{settings.repository}: {error}; {ways}") from error
        except UserError as error:
            raise UserError(f"{settings.repository}: {error}") from error
        link_files({name: kept / name for name in settings.files}, folder)
        digests = self._digests(record)
        known = {name: digests[name] for name in settings.files}
        return {"source": f"{settings.repository} at {settings.commit}", "files": known}

    def _digests(self, record: Path) -> Mapping[str, str]:
        """File → sha256, as the config says, else as it was recorded."""
        recorded = read_json(record) if record.is_file() else {}
        given = self.settings.files
        return recorded | given if isinstance(given, Mapping) else recorded

    def _fetch(self, name: str, kept: Path, record: Path, mirror: Path | None) -> None:
        """Put a file into the folder `kept`, verified; take its sha256 down where none is known."""
        settings, expected = self.settings, self._digests(record).get(name)
        if (kept / name).exists() and expected:
            verify(kept / name, expected, name, "was removed: run again to fetch it again")
            return
        with scratch(kept.with_name(f".{settings.commit}.download")) as folder:
            path = folder / name
            if original := in_mirror(mirror, f"{settings.repository}/{name}"):
                _log.info("%s: from the mirror, %s", settings.repository, original)
                copy(original, path)
                fate, wrong = "was left alone: replace it, or name another", UserError
            else:
                _log.info("%s: %s comes through %s", settings.repository, name, CLIENT)
                hub_file(settings.repository, settings.commit, name, folder)
                fate, wrong = f"came through {CLIENT} and was removed", DownloadError
            if expected:
                verify(path, expected, str(original or name), fate, wrong)
            else:
                write_json(record, {**self._digests(record), name: sha256(path)})
            kept.mkdir(parents=True, exist_ok=True)
            os.replace(path, kept / name)
