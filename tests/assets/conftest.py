"""What the tests of several kinds of assets share."""

import stat
import sys

import pytest

from switchrank.assets.base import ASSETS


@pytest.fixture
def folder(tmp_path):
    """The empty folder that takes a download."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


@pytest.fixture
def asset():
    """Make an asset of a kind, whose pins are beside the point."""

    def make(kind, **settings):
        return ASSETS[kind](sha256="0" * 64, licence="CC0-1.0", purpose="tests", **settings)

    return make


@pytest.fixture
def program(tmp_path):
    """Write a program that stands in for a client."""

    def write(name, text):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!{sys.executable}\n{text}")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    return write
