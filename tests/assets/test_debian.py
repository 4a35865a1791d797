"""Debian packages come from the archive or, once they have left it, from its snapshots."""

import hashlib
import http.server
import threading

import pytest

from switchrank.assets import debian, transfer
from switchrank.assets.base import DownloadError
from switchrank.assets.fetch import fetch
from switchrank.errors import UserError

FILE = "dict-words_2022.04.21-1_all.deb"
PINS = {
    "package": "dict-words",
    "version": "2022.04.21-1",
    "source": "words",
    "day": "20230701",
    "file": FILE,
}
IN_ARCHIVE = f"/debian/pool/main/w/words/{FILE}"
IN_SNAPSHOT = f"/snapshots/20230701T000000Z/pool/main/w/words/{FILE}"
BODY = b"a package" * 99


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        body = self.server.files.get(self.path)
        if body is None:
            return self.send_error(404, "no such file")
        self.send_response(200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def server(monkeypatch):
    """An archive and its snapshots on loopback, which have `files` and note what they are asked for."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.asked, listening.files = [], {}
        address = f"http://127.0.0.1:{listening.server_port}"
        monkeypatch.setattr(debian, "ARCHIVE", f"{address}/debian")
        monkeypatch.setattr(debian, "SNAPSHOTS", f"{address}/snapshots")
        monkeypatch.setattr(transfer, "_TIMEOUT", 5)
        thread = threading.Thread(target=listening.serve_forever, args=(0.02,))
        thread.start()
        yield listening
        listening.shutdown()
        thread.join()


def test_the_archive_is_asked_first(server, asset, folder):
    server.files = {IN_ARCHIVE: BODY, IN_SNAPSHOT: b"another"}
    asset("debian", **PINS).download(folder, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {FILE: BODY}
    assert server.asked == [IN_ARCHIVE]


@pytest.mark.parametrize("archive", [{}, {IN_ARCHIVE: BODY[:50]}])
def test_what_the_archive_lacks_or_breaks_off_comes_as_of_the_day(server, asset, folder, archive):
    server.files = {**archive, IN_SNAPSHOT: BODY}
    asset("debian", **PINS).download(folder, folder)
    assert (folder / FILE).read_bytes() == BODY
    assert server.asked == [IN_ARCHIVE, IN_SNAPSHOT]


def test_where_neither_has_it_both_failures_are_told_in_one_line(server, asset, folder):
    with pytest.raises(DownloadError) as failure:
        asset("debian", **PINS).download(folder, folder)
    told = str(failure.value)
    assert f"{IN_ARCHIVE} failed" in told and f"{IN_SNAPSHOT} failed" in told and "404" in told
    assert "\n" not in told


@pytest.mark.parametrize(
    ("source", "letters"), [("words", "w"), ("libwords", "libw"), ("lib", "lib"), ("li-b", "l")]
)
def test_the_folder_of_a_source_package(asset, source, letters):
    place = f"/pool/main/{letters}/{source}/"
    assert all(place in url for url in asset("debian", **PINS | {"source": source}).urls)


def test_it_is_the_public_archive(asset):
    archive, snapshots = asset("debian", **PINS).urls
    assert archive == f"https://deb.debian.org{IN_ARCHIVE}"
    assert snapshots.startswith(
        "https://snapshot.debian.org/archive/debian/20230701T000000Z/pool/main/w/words/"
    )


def pinned(content):
    pins = {"sha256": hashlib.sha256(content).hexdigest(), "licence": "CC0-1.0", "purpose": "tests"}
    return {"kind": "debian", **PINS, **pins}


def test_a_mirror_comes_before_the_archive(server, tmp_path):
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    (mirror / FILE).write_bytes(BODY)
    fetch("words", pinned(BODY), tmp_path / "words", mirror)
    assert (tmp_path / "words" / FILE).read_bytes() == BODY
    assert server.asked == []


def test_other_bytes_than_those_pinned_are_refused(server, tmp_path):
    server.files = {IN_ARCHIVE: BODY}
    with pytest.raises(
        UserError, match=r"came through the Debian archive and was removed.*SWITCHRANK_MIRROR"
    ):
        fetch("words", pinned(b"others"), tmp_path / "words")
    assert not (tmp_path / "words").exists()
