"""Files of a hub are streamed, and a transfer that fails is one line."""

import hashlib
import http.server
import threading
from urllib.parse import unquote

import pytest

from switchrank.assets import hub
from switchrank.assets.base import DownloadError
from switchrank.assets.fetch import fetch
from switchrank.errors import UserError

BODY = bytes(range(256)) * 4000  # about 1 MB: several chunks
COMMIT = "a" * 40


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        case = unquote(self.path).rpartition("/")[2]
        if case == "moved":
            self.send_response(302)
            self.send_header("Location", "/whole")
            self.end_headers()
        elif case == "missing":
            self.send_error(404, "no such file")
        elif case == "broken":
            self.send_error(500, "out of order")
        elif case == "silent":
            self.server.leave.wait(20)
        elif case == "login":
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(b"\n<!DOCTYPE html><title>Please log in</title>")
        elif case == "chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.wfile.write(b"5\r\nhello\r\nff\r\nbroken")
        else:
            self.send_response(200)
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY[:3000] if case == "truncated" else BODY)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def server(monkeypatch):
    """A hub on loopback that notes what it is asked for."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.asked, listening.leave = [], threading.Event()
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{listening.server_port}/")
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield listening
        listening.leave.set()
        listening.shutdown()
        thread.join()


@pytest.fixture
def download(asset, folder, tmp_path):
    """Download a path of a data set."""
    return lambda path: asset(
        "hub", package="datasets/o/n", version=COMMIT, path=path, file="f.bin"
    ).download(folder, tmp_path)


@pytest.mark.parametrize("path", ["whole", "moved"])
def test_the_file_comes_as_it_is(server, download, folder, path):
    download(path)
    assert (folder / "f.bin").read_bytes() == BODY


def test_the_endpoint_is_asked_for_the_pinned_commit(server, download):
    download("data/é f.tsv")
    assert server.asked == [f"/datasets/o/n/resolve/{COMMIT}/data/%C3%A9%20f.tsv"]


@pytest.mark.parametrize(
    "path, words",
    [
        ("truncated", "the transfer broke off after 3000 bytes"),
        ("chunked", "IncompleteRead"),
        ("missing", "404: no such file"),
        ("broken", "500: out of order"),
        ("silent", "timed out"),
    ],
)
def test_a_failed_transfer_is_one_line(server, download, monkeypatch, path, words):
    monkeypatch.setattr(hub, "_TIMEOUT", 0.5)
    with pytest.raises(DownloadError, match=words) as failure:
        download(path)
    assert f"/datasets/o/n/resolve/{COMMIT}/{path}" in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_hub_that_is_not_there_is_one_line(download, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DownloadError, match=r"^GET http://127\.0\.0\.1:9/\S+ failed: .*refused"):
        download("x")


@pytest.mark.parametrize("endpoint", [None, ""])
def test_the_public_hub_is_the_default(asset, monkeypatch, endpoint):
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    if endpoint is not None:
        monkeypatch.setenv("HF_ENDPOINT", endpoint)
    model = asset("hub", package="o/n", version=COMMIT, path="model.safetensors", file="f")
    assert model.url == f"https://huggingface.co/o/n/resolve/{COMMIT}/model.safetensors"


def spec(path):
    pins = {"sha256": hashlib.sha256(BODY).hexdigest(), "licence": "CC0-1.0", "purpose": "tests"}
    return {"kind": "hub", "package": "o/n", "version": COMMIT, "path": path, "file": "f.bin", **pins}


@pytest.mark.parametrize("path", ["truncated", "chunked", "missing", "broken", "silent", "login"])
def test_a_failed_download_says_what_to_do_and_stands_in_nobodys_way(server, tmp_path, monkeypatch, path):
    monkeypatch.setattr(hub, "_TIMEOUT", 0.5)
    with pytest.raises(UserError) as failure:
        fetch("words", spec(path), tmp_path / "words")
    told = str(failure.value)
    assert told.startswith("asset words: ") and "\n" not in told
    ways = ["run the same command again", "name another hub in HF_ENDPOINT", "in SWITCHRANK_MIRROR"]
    assert all(way in told for way in ways), told
    assert ("a web page" in told) == (path == "login")
    assert not (tmp_path / "words").exists()
    fetch("words", spec("whole"), tmp_path / "words")
    assert (tmp_path / "words" / "f.bin").read_bytes() == BODY


def test_a_disk_without_room_is_told_as_such(server, download, folder):
    (folder / "f.bin").symlink_to("/dev/full")
    with pytest.raises(UserError, match=r"f\.bin cannot be written: No space left on device \("):
        download("whole")
