"""The tables of config/README.md: each kind of collection, ranker and lexicon with its settings."""

import dataclasses
import re
from inspect import getdoc
from typing import Any

from switchrank.collections.base import COLLECTIONS
from switchrank.lexicons.base import LEXICONS
from switchrank.rankers.base import RANKERS
from switchrank.registry import Registry

REGISTRIES = {"collections": COLLECTIONS, "rankers": RANKERS, "lexicons": LEXICONS}
_PART = re.compile(r"(<!-- kinds of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_tables(text: str) -> str:
    """A page of Markdown with each part between `<!-- kinds of … -->` and `<!-- end -->` made anew."""
    return _PART.sub(lambda part: f"{part[1]}\n{table(REGISTRIES[part[2]])}\n{part[3]}", text)


def table(registry: Registry) -> str:
    """A table of the kinds of a registry and their settings."""
    rows = [f"| kind of {registry.noun} | key | |", "|---|---|---|"]
    for kind in registry:
        first = (getdoc(registry[kind]) or "").splitlines()[0].rstrip(".")
        rows.append(f"| `{kind}` | | {first} |")
        rows += [
            f"| | `{field.name}` | {_meaning(field)} |"
            for field in dataclasses.fields(registry[kind].Settings)
        ]
    return "\n".join(rows) + "\n"


def _meaning(field: dataclasses.Field) -> str:
    doc = field.metadata["doc"]
    if field.default is dataclasses.MISSING:
        return f"{doc}; required"
    return doc if field.default is None else f"{doc} ({_shown(field.default)})"


def _shown(value: Any) -> str:
    return {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)
