"""`switchrank docs`: renew the tables of config/README.md, from the settings of every kind."""

import dataclasses
import re
from argparse import Namespace
from inspect import getdoc
from pathlib import Path

from switchrank.collections.base import COLLECTIONS
from switchrank.files import write_text
from switchrank.lexicons.base import LEXICONS
from switchrank.pretrained.base import PRETRAINED
from switchrank.rankers.base import RANKERS
from switchrank.registry import Registry

REGISTRIES = {
    "collections": COLLECTIONS,
    "pretrained": PRETRAINED,
    "rankers": RANKERS,
    "lexicons": LEXICONS,
}
_TABLE = re.compile(r"(<!-- kinds of (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def document(arguments: Namespace) -> int:
    """Renew the tables of kinds on a page of Markdown."""
    page = Path(arguments.page)
    write_text(page, with_tables(page.read_text(encoding="utf-8")))
    return 0


def with_tables(text: str) -> str:
    """A page of Markdown with each table between `<!-- kinds of … -->` and `<!-- end -->` made again."""
    return _TABLE.sub(lambda found: f"{found[1]}\n{table(REGISTRIES[found[2]])}\n{found[3]}", text)


def table(registry: Registry) -> str:
    """A table of the kinds of a registry and their settings."""
    rows = [f"| kind of {registry.noun} | key | |", "|---|---|---|"]
    for kind, cls in registry.items():
        first = (getdoc(cls) or "").splitlines()[0].rstrip(".")
        rows.append(f"| `{kind}` | | {first} |")
        rows += [f"| | `{field.name}` | {_meaning(field)} |" for field in dataclasses.fields(cls.Settings)]
    return "\n".join(rows) + "\n"


def _meaning(field: dataclasses.Field) -> str:
    doc, default = field.metadata["doc"], field.default
    if default is dataclasses.MISSING:
        return f"{doc}; required"
    if default is None:
        return doc
    return f"{doc} ({str(default).lower() if isinstance(default, bool) else default})"
