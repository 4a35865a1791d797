"""Fingerprints of code: what a stage's result hangs on, and nothing that a comment can change.

A file of Python counts as its syntax tree, without comments, formatting and docstrings, and takes along all
modules of the package that it imports, wherever in the file it does so. Modules of other packages do not
count: their versions are pinned. An import whose target is computed (importlib) is not seen.

The tree is written down by `_dump` rather than by ast.dump or ast.unparse: ast.dump prints fields that later
Pythons add and drops empty ones since 3.13, and ast.unparse quotes f-strings anew since 3.12. A field that is
empty is left out here, so that the fingerprint is the same under every Python that has the same syntax tree.
"""

import ast
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from switchrank.errors import UserError

Imports = tuple[tuple[str, str | None], ...]  # module, and the name taken from it if there is one


def fingerprint(modules: Iterable[str], package_folder: str | Path, *extra_files: str | Path) -> str:
    """Digest the code of some modules of a package and of all that they import from it.

    Args:
        modules: names within the package, e.g. "alignment" or "rankers.kernel"; order does not matter.
        package_folder: the package, e.g. workflow/switchrank.
        extra_files: files that count too: one of Python as the modules do (its imports are followed), any
            other, such as a template, by its bytes. They are told apart by file name, wherever they lie.

    Returns:
        32 hexadecimal digits.

    Raises:
        UserError: a module or file does not exist or is no Python.
    """
    package = Path(package_folder)
    digests: dict[str, str] = {}
    waiting: list[str] = []
    for path in map(Path, extra_files):
        digest, imports = _read(path, package.name, None)
        digests[f"file {path.name}"] = digest
        waiting += _existing(imports, package)
    waiting += [f"{package.name}.{module}" for module in modules]
    while waiting:
        module = waiting.pop()
        if module in digests:
            continue
        path = _path(module, package)
        if path is None:
            raise UserError(f"{package}: there is no module {module}")
        digests[module], imports = _read(path, package.name, module)
        waiting += _existing(imports, package)
        if "." in module:  # importing a module also runs the packages that it lies in
            waiting.append(module.rpartition(".")[0])
    listed = "".join(f"{name} {digest}\n" for name, digest in sorted(digests.items()))
    return hashlib.sha256(listed.encode()).hexdigest()[:32]


def _existing(imports: Imports, package: Path) -> Iterator[str]:
    """The modules that imports stand for: `from a import b` is the module a.b where there is one, else a."""
    for module, name in imports:
        inner = f"{module}.{name}"
        yield inner if name and _path(inner, package) else module


def _path(module: str, package: Path) -> Path | None:
    """The file of a module, given by its full name; None if there is none."""
    base = package.parent.joinpath(*module.split("."))
    candidates = (base.with_name(f"{base.name}.py"), base / "__init__.py")
    return next((path for path in candidates if path.is_file()), None)


def _read(path: Path, package: str, module: str | None) -> tuple[str, Imports]:
    """The digest of a file and what it imports from the package."""
    try:
        return _digest(path.read_bytes(), path.name, package, module)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror}") from None
    except SyntaxError as error:
        raise UserError(f"{path}:{error.lineno}: {error.msg}") from None


@cache  # many rules share a module
def _digest(content: bytes, file_name: str, package: str, module: str | None) -> tuple[str, Imports]:
    if not file_name.endswith(".py"):
        return hashlib.sha256(content).hexdigest(), ()
    text: list[str] = []
    statements: list[ast.Import | ast.ImportFrom] = []
    _dump(ast.parse(content), text, statements)
    # A relative import counts from the package that the module lies in, which for a package is itself.
    parts = (module or "").split(".")
    home = parts if file_name == "__init__.py" else parts[:-1]
    imports = {pair for statement in statements for pair in _imported(statement, home)}
    of_package = tuple(sorted((pair for pair in imports if pair[0].split(".")[0] == package), key=str))
    return hashlib.sha256("".join(text).encode()).hexdigest(), of_package


def _imported(statement: ast.Import | ast.ImportFrom, home: list[str]) -> Iterator[tuple[str, str | None]]:
    """What a statement imports: (module, name) for `from module import name`, else (module, None)."""
    if isinstance(statement, ast.Import):
        yield from ((alias.name, None) for alias in statement.names)
    else:
        base = home[: len(home) - statement.level + 1] if statement.level else []
        module = ".".join([*base, statement.module] if statement.module else base)
        yield from ((module, alias.name) for alias in statement.names)


def _dump(node: Any, text: list[str], imports: list[ast.Import | ast.ImportFrom]) -> None:
    """Append a syntax tree to `text` and its import statements to `imports`, in one pass (most of the time).

    Positions, empty fields and statements that are a mere string are left out.
    """
    if isinstance(node, ast.AST):
        if isinstance(node, ast.Import | ast.ImportFrom):
            imports.append(node)
        text.append(f"{type(node).__name__}(")
        for name in node._fields:
            value = getattr(node, name, None)
            if value is not None and value != [] and name not in ("ctx", "kind", "type_comment"):
                text.append(f"{name}=")
                _dump(value, text, imports)
        text.append(")")
    elif isinstance(node, list):
        text.append("[")
        for item in node:
            match item:
                case ast.Expr(value=ast.Constant(value=str())):
                    pass
                case _:
                    _dump(item, text, imports)
        text.append("]")
    else:
        text.append(f"{node!r},")
