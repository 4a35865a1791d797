"""Files of a hub come through its own client, and a transfer that fails is one line."""

import hashlib

import pytest
from hub_server import hurry, serving

from switchrank.assets.base import DownloadError
from switchrank.assets.fetch import fetch
from switchrank.errors import UserError

BODY = bytes(range(256)) * 4000  # about 1 MB: several chunks
COMMIT = "a" * 40
NAMES = ("whole", "truncated", "longer", "chunked", "data/é f.tsv")
FAILURES = {
    "truncated": "peer closed connection",
    "longer": "Consistency check failed",
    "chunked": "peer closed connection",
    "missing": "404 no such file",
    "broken": "500 out of order",
    "silent": "timed out",
    "login": "does not seem to be served by a Hugging Face Hub",
}


@pytest.fixture
def server(monkeypatch):
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with serving(dict.fromkeys(NAMES, BODY), monkeypatch) as listening:
        yield listening


@pytest.fixture
def download(asset, folder, tmp_path):
    """Download a path of a data set."""
    return lambda path: asset(
        "hub", package="datasets/o/n", version=COMMIT, path=path, file="f.bin"
    ).download(folder, tmp_path)


def test_the_file_comes_as_it_is(server, download, folder):
    download("whole")
    assert (folder / "f.bin").read_bytes() == BODY


def test_the_endpoint_is_asked_for_the_pinned_commit(server, download):
    download("data/é f.tsv")
    assert server.asked == [f"/datasets/o/n/resolve/{COMMIT}/data/%C3%A9%20f.tsv"]


def test_a_token_is_shown(server, download, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    download("whole")
    assert server.tokens == ["Bearer hf_secret"]


@pytest.mark.parametrize(("path", "words"), FAILURES.items())
def test_a_failed_transfer_is_one_line(server, download, path, words):
    with pytest.raises(DownloadError, match=words) as failure:
        download(path)
    assert f"/datasets/o/n/resolve/{COMMIT}/{path} failed: " in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_hub_that_is_not_there_is_one_line(download, monkeypatch):
    hurry(monkeypatch)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DownloadError, match=r"^GET http://127\.0\.0\.1:9/\S+ failed: .*refused"):
        download("x")


def spec(path):
    pins = {"sha256": hashlib.sha256(BODY).hexdigest(), "licence": "CC0-1.0", "purpose": "tests"}
    return {"kind": "hub", "package": "o/n", "version": COMMIT, "path": path, "file": "f.bin", **pins}


@pytest.mark.parametrize("path", FAILURES)
def test_a_failed_download_says_what_to_do_and_stands_in_nobodys_way(server, tmp_path, path):
    with pytest.raises(UserError) as failure:
        fetch("words", spec(path), tmp_path / "words")
    told = str(failure.value)
    assert told.startswith("asset words: ") and "\n" not in told
    ways = ["run the same command again", "name another hub in HF_ENDPOINT", "in SWITCHRANK_MIRROR"]
    assert all(way in told for way in ways), told
    assert not (tmp_path / "words").exists()
    fetch("words", spec("whole"), tmp_path / "words")
    assert (tmp_path / "words" / "f.bin").read_bytes() == BODY


def test_a_disk_without_room_is_told_as_such(server, download, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("huggingface_hub.file_download.http_get", full)
    with pytest.raises(UserError, match=r"whole cannot be written: No space left on device \("):
        download("whole")
