"""Wheels come through pip."""

import zipfile

import pytest

from switchrank.assets.clients import DownloadError

WHEEL = "some_data-1.0-py3-none-any.whl"


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
    assert pinned.download(folder, tmp_path).read_bytes() == (tmp_path / WHEEL).read_bytes()
    other = asset("pypi", package="some-data", version="2.0", file=WHEEL, members=("x",))
    with pytest.raises(DownloadError, match=r"^pip failed: No matching distribution .* some-data==2\.0"):
        other.download(folder, tmp_path)
