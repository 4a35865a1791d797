"""The library's rooms: who may import whom, what a name may mean, what nobody but scripts and rules knows."""

import ast
import re
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

WORKFLOW = Path(__file__).parents[1] / "workflow"
LIBRARY = WORKFLOW / "switchrank"

# From the bottom up: a room imports from itself, from those on its line and from those above it here.
ORDER = [
    ["errors", "files", "languages", "settings", "registry"],
    ["text"],
    ["jobs", "assets"],
    ["collections"],
    ["views", "encoders"],
    ["pretrained"],
    ["retrieval"],
    ["lexicons"],
    ["training"],
    ["rankers"],
    ["tasks"],
    ["statistics"],
    ["exports", "analyses"],
    ["claims"],
    ["experiment"],
    ["report"],
    ["cli"],
]
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}

# Names of modules that two rooms share.
SHARED_NAMES = {
    "base": "what all kinds of a room have in common",
    "hub": "a file of a hub as a download, and a model on a hub",
    "bm25": "the first stage's index, and the ranker that takes its scores over",
}
# Modules that may speak of Snakemake in their code.
KNOWS_SNAKEMAKE = {
    "jobs.locks": "clears its locks",
    "experiment.provenance": "its version, and where the sources of the workflow lie",
}


@cache
def parse(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def module_name(path):
    parts = path.relative_to(LIBRARY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(LIBRARY.rglob("*.py"))}
ROOMS = {name: name.split(".")[0] for name in MODULES if name not in ("", "__main__")}
CODE = {**{f"switchrank.{name}": path for name, path in MODULES.items()}} | {
    f"scripts/{path.name}": path for path in sorted((WORKFLOW / "scripts").glob("*.py"))
}


def imported(name):
    """The modules of the library that a module imports, at its head or in a function."""
    names = set()
    for node in ast.walk(parse(MODULES[name])):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{name}: a relative import"
            members = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {member for member in members if member.removeprefix("switchrank.") in MODULES}
            names |= modules | ({node.module} if members - modules else set())
    return {other.removeprefix("switchrank.") for other in names if other.startswith("switchrank.")}


def test_every_room_has_its_place():
    assert set(ROOMS.values()) <= set(LEVEL)


def test_imports_go_downwards():
    upwards = [
        f"{name} imports {other}"
        for name, room in ROOMS.items()
        for other in sorted(imported(name))
        if LEVEL[ROOMS[other]] > LEVEL[room]
    ]
    assert upwards == []


def test_no_modules_import_each_other_in_a_circle():
    graph = {name: imported(name) - {name} for name in ROOMS}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_a_name_means_one_thing():
    rooms = defaultdict(set)
    for name, room in ROOMS.items():
        if not name.startswith("report.sections."):  # each is named after what it shows
            rooms[name.rpartition(".")[2]].add(room)
    shared = {name for name, sharing in rooms.items() if len(sharing) > 1}
    assert sorted(shared - SHARED_NAMES.keys()) == []


def docstrings(tree):
    """The nodes of a module's docstrings."""
    owners = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, owners) and node.body)
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def test_the_library_knows_nothing_of_snakemake():
    spoken = []
    for name in ROOMS.keys() - KNOWS_SNAKEMAKE:
        tree = parse(MODULES[name])
        aside = docstrings(tree)
        for node in ast.walk(tree):
            telling = isinstance(node, ast.Name | ast.Import | ast.ImportFrom | ast.Constant)
            if telling and id(node) not in aside and "snakemake" in ast.unparse(node).lower():
                spoken.append(f"{name}, line {node.lineno}: {ast.unparse(node)}")
    assert sorted(spoken) == []


@cache
def kinds():
    """Every registered kind → the files of its classes."""
    files = defaultdict(set)
    for path in MODULES.values():
        for node in ast.walk(parse(path)):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func).endswith("Registry")
                and len(node.args) == 3
            ):
                for kind, place in ast.literal_eval(node.args[2]).items():
                    files[kind].add(MODULES[place.partition(":")[0].removeprefix("switchrank.")])
    return files


def constants(node):
    """The texts that a comparison or a case of a match compares with."""
    if isinstance(node, ast.Compare):
        member = isinstance(node.ops[0], ast.In | ast.NotIn)  # "file" in needs: a need, no kind
        sides = node.comparators if member else [node.left, *node.comparators]
    elif isinstance(node, ast.MatchValue):
        sides = [node.value]
    else:
        return
    for side in sides:
        items = side.elts if isinstance(side, ast.Tuple | ast.List | ast.Set) else [side]
        yield from (item.value for item in items if isinstance(item, ast.Constant))


def test_there_are_kinds():
    assert {"pypi", "npm", "hub", "file"} <= set(kinds())


def test_nobody_but_a_kinds_own_file_compares_with_its_name():
    compared = [
        f"{name}, line {getattr(node, 'lineno', '')}: {constant!r}"
        for name, path in CODE.items()
        for node in ast.walk(parse(path))
        for constant in constants(node)
        if path not in kinds().get(constant, {path})
    ]
    assert compared == []


def test_nothing_takes_names_from_paths():
    parsing = re.compile(r"\.stem\b|\.parent\.name\b|removeprefix\(.seed")
    told = [
        f"{name}, line {number}: {line.strip()}"
        for name, path in CODE.items()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if parsing.search(line)
    ]
    assert told == []


@pytest.mark.parametrize("path", sorted((WORKFLOW / "scripts").glob("*.py")), ids=lambda path: path.name)
def test_every_script_does_its_work_as_a_job(path):
    """What is outside of a job is not logged, not recorded, and ends a user's mistake with a traceback."""
    *_, work = parse(path).body
    assert isinstance(work, ast.With) and [ast.unparse(item) for item in work.items] == ["job(snakemake)"]
