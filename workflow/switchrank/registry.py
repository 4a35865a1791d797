"""Kinds of things known by name: rankers, pretrained models, lexicons, collections, assets.

A kind is a class in a file of its own, loaded only when it is used. The library's are listed where the base
class is; an installed package adds others as entry points of the registry's group, such as

    [project.entry-points."switchrank.rankers"]
    bi-encoder = "my_package.bi_encoder:BiEncoder"
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any


class Registry(Mapping[str, type]):
    """Kind → class, imported when it is asked for.

    Args:
        noun: what a kind is one of, for messages: "ranker".
        group: of the entry points of other packages.
        builtin: kind → "module:class" of the library.
    """

    def __init__(self, noun: str, group: str, builtin: Mapping[str, str]):
        self.noun, self.group, self._builtin = noun, group, builtin

    @cached_property
    def _points(self) -> dict[str, EntryPoint]:
        others = {point.name: point for point in entry_points(group=self.group)}
        return others | {kind: EntryPoint(kind, cls, self.group) for kind, cls in self._builtin.items()}

    def __getitem__(self, kind: str) -> type:
        return self._points[kind].load()

    def __iter__(self) -> Iterator[str]:
        return iter(self._points)

    def __len__(self) -> int:
        return len(self._points)

    def file(self, kind: str) -> Path:
        """The file that a kind's class is in."""
        return Path(import_module(self._points[kind].module).__file__)


@dataclass(frozen=True)
class NoSettings:
    """The Settings of a kind that has none."""


def make(registry: Registry, entry: Mapping[str, Any]) -> tuple[type, Any]:
    """The class that a config entry's `kind` names, and its settings from the other keys."""
    cls = registry[entry["kind"]]
    return cls, settings_of(cls, entry)


def settings_of(cls: type, entry: Mapping[str, Any]) -> Any:
    """An instance of a class's Settings from the keys of a config entry but `kind`; lists become tuples."""
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    values.pop("kind", None)
    return cls.Settings(**values)
