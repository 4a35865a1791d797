"""Fingerprints of code: what a stage's result depends on, and nothing that a comment can change.

A file of Python counts as its syntax tree, without comments, formatting and docstrings, and takes along all
modules of the package that it imports, wherever in the file it does so. Modules of other packages do not
count: their versions are pinned. Nor do imports that are relative or computed (importlib).

The tree is written down by `_plain` rather than by ast.dump or ast.unparse, whose texts differ between
versions of Python.
"""

import ast
import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from switchrank.errors import UserError


def fingerprint(package: Path, *files: Path) -> str:
    """Digest some files and all modules that they import from the package in the folder `package`.

    Files that are no Python, such as templates, count by their bytes. The folders of files do not count. The
    digest has 32 hexadecimal digits.

    Raises:
        UserError: a file does not exist, or it or a module is no Python.
    """
    digests: dict[str, str] = {}
    waiting: list[str] = []
    for path in files:
        digests[f"file {path.name}"], imports = _read(path)
        waiting += imports
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen or name.split(".")[0] != package.name:
            continue
        seen.add(name)
        # What it is in: a module that is imported runs its packages, and `from a import b` may name a value.
        waiting.append(name.rpartition(".")[0])
        base = package.parent.joinpath(*name.split("."))
        for path in (base.with_name(f"{base.name}.py"), base / "__init__.py"):
            if path.is_file():
                digests[name], imports = _read(path)
                waiting += imports
    listed = "".join(f"{name} {digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(listed.encode()).hexdigest()[:32]


def _read(path: Path) -> tuple[str, tuple[str, ...]]:
    """The digest of a file and the names that it imports."""
    try:
        content = path.read_bytes()
        return _digest(content) if path.suffix == ".py" else (hashlib.sha256(content).hexdigest(), ())
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from None
    except SyntaxError as error:
        raise UserError(f"{path}:{error.lineno}: {error.msg}") from None


@cache  # many rules share a module
def _digest(source: bytes) -> tuple[str, tuple[str, ...]]:
    imports: list[str] = []
    plain = _plain(ast.parse(source), imports)
    return hashlib.sha256(repr(plain).encode()).hexdigest(), tuple(imports)


def _plain(node: Any, imports: list[str]) -> Any:
    """A syntax tree as lists, without positions, empty fields and mere strings; adds to `imports`."""
    if isinstance(node, list):
        return [_plain(item, imports) for item in node if not _is_string(item)]
    if not isinstance(node, ast.AST):
        return node
    if isinstance(node, ast.Import):
        imports += [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        imports += [f"{node.module}.{alias.name}" for alias in node.names]
    fields = [(name, getattr(node, name, None)) for name in node._fields if name != "ctx"]
    fields = [(name, _plain(value, imports)) for name, value in fields if value not in (None, [])]
    return [type(node).__name__, *fields]


def _is_string(statement: Any) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
