"""Files of a hub are streamed, and a transfer that fails is one line."""

import http.server
import threading
from urllib.parse import unquote

import pytest

from switchrank.assets.base import DownloadError

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
        listening.asked = []
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{listening.server_port}/")
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield listening
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
    ],
)
def test_a_failed_transfer_is_one_line(server, download, path, words):
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
