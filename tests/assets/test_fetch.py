"""Assets: pinned, verified, whole or not there, and no network when the bytes are at hand."""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

import pytest
from hub_server import serving
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import switchrank.assets.fetch
from switchrank.assets.base import ASSETS
from switchrank.assets.fetch import fetch, load_assets, mirror_folder
from switchrank.assets.manifest import MANIFEST
from switchrank.errors import UserError

ROOT = Path(__file__).resolve().parents[2]


def tgz(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


BODY = tgz({"package/words.txt": b"words", "package/LICENSE": b"free", "package/other": os.urandom(300_000)})


@pytest.fixture
def server(monkeypatch):
    """A hub on loopback; a file called slow stops after a half until it may go on."""
    with serving({"whole": BODY, "truncated": BODY, "slow": BODY}, monkeypatch) as listening:
        yield listening


def pinned(path: str = "whole", **changes) -> dict:
    spec = {
        "kind": "hub", "package": "o/n", "version": "a" * 40, "path": path, "file": "words-1.tgz",
        "sha256": hashlib.sha256(BODY).hexdigest(), "licence": "CC0-1.0", "purpose": "tests",
        "root": "package", "members": ["words.txt", "LICENSE"],
    }  # fmt: skip
    return spec | changes


def local(path: Path) -> dict:
    common = {key: value for key, value in pinned().items() if key not in ("kind", "package", "version")}
    return common | {"kind": "file", "path": str(path)}


def visible(folder: Path) -> list[str]:
    """Every file and folder below `folder` but empty locks."""
    paths = (path for path in folder.rglob("*") if not path.name.endswith(".lock"))
    return sorted(str(path.relative_to(folder)) for path in paths)


INSIDE = [f"words/{name}" for name in (MANIFEST, "LICENSE", "words.txt")]
WHOLE = [".archives", ".archives/words-1.tgz", "words", *INSIDE]


def test_an_asset_is_there_as_a_whole_with_its_manifest(server, tmp_path):
    spec = pinned()
    fetch("words", spec, str(tmp_path / "words"))
    assert visible(tmp_path) == WHOLE
    assert (tmp_path / "words" / "words.txt").read_bytes() == b"words"
    manifest = json.loads((tmp_path / "words" / MANIFEST).read_text())
    assert manifest["asset"] == "words" and manifest["sha256"] == spec["sha256"]
    assert manifest["contents"] == {
        "LICENSE": hashlib.sha256(b"free").hexdigest(),
        "words.txt": hashlib.sha256(b"words").hexdigest(),
    }


def test_a_file_that_is_no_archive_is_taken_as_it_is(server, tmp_path):
    spec = pinned(file="words.vec")
    del spec["members"], spec["root"]
    fetch("words", spec, tmp_path / "words")
    assert (tmp_path / "words" / "words.vec").read_bytes() == BODY


def test_a_second_fetch_needs_no_network_and_gives_the_same_bytes(server, tmp_path):
    spec = pinned()
    fetch("words", spec, tmp_path / "words")
    first = (tmp_path / "words" / MANIFEST).read_bytes()
    (tmp_path / "words" / "stray").touch()
    fetch("words", spec, tmp_path / "words")
    assert visible(tmp_path) == WHOLE
    assert (tmp_path / "words" / MANIFEST).read_bytes() == first
    assert len(server.asked) == 1


@settings(deadline=None, max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(position=st.integers(0, len(BODY) - 1))
def test_a_corrupted_archive_is_removed_and_the_next_run_fetches_it_again(tmp_path_factory, position):
    folder = tmp_path_factory.mktemp("resources")
    (folder / "mine.tgz").write_bytes(BODY)
    spec = local(folder / "mine.tgz")
    fetch("words", spec, folder / "words")
    archive = folder / ".archives" / "words-1.tgz"
    damaged = bytearray(BODY)
    damaged[position] ^= 1
    archive.write_bytes(damaged)
    with pytest.raises(UserError) as failure:
        fetch("words", spec, folder / "words")
    digests = spec["sha256"], hashlib.sha256(damaged).hexdigest()
    for part in ("asset words", "words-1.tgz", *digests, "removed"):
        assert part in str(failure.value)
    assert "\n" not in str(failure.value)
    assert not archive.exists()
    assert (folder / "words" / "words.txt").read_bytes() == b"words"  # what was there stays
    fetch("words", spec, folder / "words")
    assert archive.read_bytes() == BODY


def test_a_download_with_a_wrong_checksum_is_removed(server, tmp_path):
    wrong = "0" * 64
    with pytest.raises(UserError) as failure:
        fetch("words", pinned(sha256=wrong), tmp_path / "words")
    for part in ("asset words", "words-1.tgz", f"expected sha256 {wrong}", f"found {pinned()['sha256']}"):
        assert part in str(failure.value)
    assert "\n" not in str(failure.value)
    assert visible(tmp_path) == [".archives"]


def test_a_transfer_that_breaks_off_leaves_nothing_and_says_how_to_do_without(server, tmp_path):
    with pytest.raises(UserError) as failure:
        fetch("words", pinned("truncated"), tmp_path / "words")
    for part in ("asset words", "GET http:", "peer closed", "words-1.tgz", "mirror", "SWITCHRANK_MIRROR"):
        assert part in str(failure.value)
    assert "\n" not in str(failure.value)
    assert visible(tmp_path) == [".archives"]


def test_another_file_than_the_expected_is_named(tmp_path, monkeypatch):
    def bring_another(asset, folder: Path, tools: Path) -> None:
        (folder / "words-2.tgz").touch()

    monkeypatch.setattr(ASSETS["hub"], "download", bring_another)
    with pytest.raises(UserError, match=r"asset words: the hub brought words-2\.tgz, expected words-1\.tgz"):
        fetch("words", pinned(), tmp_path / "words")


def test_an_archive_without_an_expected_file_leaves_no_folder(server, tmp_path):
    with pytest.raises(UserError, match="no file matches 'none'"):
        fetch("words", pinned(members=["words.txt", "none"]), tmp_path / "words")
    assert visible(tmp_path) == [".archives", ".archives/words-1.tgz"]


@pytest.mark.parametrize("place", ["words-1.tgz", "words/words-1.tgz"])
def test_the_mirror_comes_first(server, tmp_path, place):
    kept = tmp_path / "mirror" / place
    kept.parent.mkdir(parents=True)
    kept.write_bytes(BODY)
    fetch("words", pinned(), tmp_path / "resources" / "words", tmp_path / "mirror")
    assert visible(tmp_path / "resources") == WHOLE
    assert not server.asked


def test_what_the_mirror_lacks_comes_through_the_client(server, tmp_path):
    (tmp_path / "mirror").mkdir()
    fetch("words", pinned(), tmp_path / "resources" / "words", tmp_path / "mirror")
    assert len(server.asked) == 1


def test_a_wrong_mirror_file_stops_and_is_left_alone(server, tmp_path):
    kept = tmp_path / "mirror" / "words-1.tgz"
    kept.parent.mkdir()
    kept.write_bytes(b"other")
    spec = pinned()
    with pytest.raises(UserError) as failure:
        fetch("words", spec, tmp_path / "resources" / "words", tmp_path / "mirror")
    for part in ("asset words", str(kept), spec["sha256"], hashlib.sha256(b"other").hexdigest()):
        assert part in str(failure.value)
    assert kept.read_bytes() == b"other"
    assert visible(tmp_path / "resources") == [".archives"]
    assert not server.asked


def test_a_wrong_local_file_is_left_alone(tmp_path):
    (tmp_path / "mine.tgz").write_bytes(b"other")
    spec = local(tmp_path / "mine.tgz")
    with pytest.raises(UserError, match=r"mine\.tgz: expected sha256 .* left alone"):
        fetch("words", spec, tmp_path / "resources" / "words")
    assert (tmp_path / "mine.tgz").read_bytes() == b"other"


def test_a_mirror_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(UserError, match=r"asset words: mirror .*none: not found, expected a folder"):
        fetch("words", pinned(), tmp_path / "words", tmp_path / "none")


def test_the_variable_beats_the_configured_mirror(monkeypatch):
    monkeypatch.delenv("SWITCHRANK_MIRROR", raising=False)
    assert mirror_folder(None) is mirror_folder("") is None
    assert mirror_folder("~/m") == Path.home() / "m"
    monkeypatch.setenv("SWITCHRANK_MIRROR", "/other")
    assert mirror_folder("/configured") == Path("/other")


CHILD = """
import json, pathlib, signal, sys
if sys.argv[3:]:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
from switchrank.assets.fetch import fetch
fetch("words", json.loads(sys.argv[1]), pathlib.Path(sys.argv[2]))
"""


def child(spec: dict, destination: Path, *orderly: str) -> subprocess.Popen:
    path = os.pathsep.join([str(ROOT / "workflow"), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", CHILD, json.dumps(spec), str(destination), *orderly]
    return subprocess.Popen(command, env=os.environ | {"PYTHONPATH": path}, stderr=subprocess.DEVNULL)


def test_killed_in_the_middle_of_a_download_then_run_again(server, tmp_path):
    spec = pinned("slow")
    process = child(spec, tmp_path / "words")
    assert server.gone_half.wait(60)
    process.kill()
    process.wait()
    assert not (tmp_path / "words").exists()
    assert not (tmp_path / ".archives" / "words-1.tgz").exists()
    server.go_on.set()
    fetch("words", spec, tmp_path / "words")
    assert visible(tmp_path) == WHOLE


def test_an_orderly_end_in_the_middle_of_a_download_leaves_nothing(server, tmp_path):
    process = child(pinned("slow"), tmp_path / "words", "orderly")
    assert server.gone_half.wait(60)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 143
    assert visible(tmp_path) == [".archives"]


@pytest.mark.parametrize("last_rename", [1, 2])
def test_stopped_while_a_folder_is_replaced_then_run_again(server, tmp_path, monkeypatch, last_rename):
    spec = pinned()
    fetch("words", spec, tmp_path / "words")
    renames, rename = [], os.rename

    def stop(*paths) -> None:
        renames.append(paths)
        if len(renames) == last_rename:
            raise KeyboardInterrupt
        rename(*paths)

    with monkeypatch.context() as patched:
        patched.setattr(switchrank.assets.fetch.os, "rename", stop)
        with pytest.raises(KeyboardInterrupt):
            fetch("words", spec, tmp_path / "words")
    assert not (tmp_path / "words").exists() or visible(tmp_path) == WHOLE
    fetch("words", spec, tmp_path / "words")
    assert visible(tmp_path) == WHOLE


def test_two_at_once_fetch_once(server, tmp_path):
    arguments = ("words", pinned(), tmp_path / "words")
    threads = [threading.Thread(target=fetch, args=arguments) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert visible(tmp_path) == WHOLE
    assert len(server.asked) == 1


def test_the_name_of_a_download_is_a_text(tmp_path):
    (tmp_path / "assets.yaml").write_text("1: {kind: local}\n")
    with pytest.raises(UserError, match=r"assets\.yaml: 1: unknown key: 1 is not a text"):
        load_assets(tmp_path / "assets.yaml")
