"""The wheel: what it holds is enough to use the library and its command outside the checkout."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]

READS_ITS_FILES = """
import sys
from importlib import import_module
import snakemake_logger_plugin_switchrank as plugin
import switchrank
from switchrank.assets.fetch import load_assets

site = sys.argv[1]
assert switchrank.__file__.startswith(site), switchrank.__file__
assert plugin.__file__.startswith(site), plugin.__file__
assert "use-multilingual" in load_assets()
for module in sys.argv[2:]:
    import_module(module)
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder into which a wheel, built from a copy of the sources, is installed."""
    folder = tmp_path_factory.mktemp("install")
    sources = folder / "sources"
    shutil.copytree(
        ROOT / "workflow", sources / "workflow", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    build = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*PIP, "wheel", *build, "--wheel-dir", str(folder), str(sources)], check=True)
    [wheel] = folder.glob("*.whl")
    subprocess.run(
        [*PIP, "install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel)], check=True
    )
    return folder / "site"


@pytest.fixture
def run(site, tmp_path):
    """Run a command of this Python, which finds the installed library, in an empty folder."""

    def _run(*command):
        environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-P", *command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done

    return _run


def modules():
    """Every module of the library."""
    library = ROOT / "workflow"
    paths = sorted((library / "switchrank").rglob("*.py"))
    names = (".".join(path.relative_to(library).with_suffix("").parts) for path in paths)
    return [name.removesuffix(".__init__") for name in names if not name.endswith("__main__")]


def test_every_module_can_be_imported(run, site):
    run("-c", READS_ITS_FILES, str(site), *modules())


def test_it_holds_every_file_that_is_no_code(site):
    library = ROOT / "workflow" / "switchrank"
    data = [
        path.relative_to(library)
        for path in library.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    assert data
    assert [path for path in data if not (site / "switchrank" / path).is_file()] == []


def test_the_command_switches_texts(run, site, tmp_path):
    (tmp_path / "en-de.tsv").write_text("source\ttarget\tscore\ncat\tKatze\t1\n")
    (tmp_path / "texts.jsonl").write_text('{"text": "The cat"}\n')
    words = ["switch", "texts.jsonl", "--lexicons", ".", "--ratio", "1"]
    assert run("-m", "switchrank", *words).stdout == '{"text": "The Katze"}\n'
    assert run(str(site / "bin" / "switchrank"), *words).stdout == '{"text": "The Katze"}\n'
