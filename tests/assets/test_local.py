"""Files on this computer."""

import pytest

from switchrank.errors import UserError


def test_it_is_copied_and_kept(asset, folder, tmp_path):
    (tmp_path / "mine.tsv").write_text("mine")
    asset("file", path=str(tmp_path / "mine.tsv"), file="f.tsv").download(folder, tmp_path)
    assert (folder / "f.tsv").read_text() == (tmp_path / "mine.tsv").read_text() == "mine"


def test_one_that_is_not_there(asset, folder, tmp_path):
    with pytest.raises(UserError, match=r"none\.tsv: not found"):
        asset("file", path=str(tmp_path / "none.tsv"), file="f.tsv").download(folder, tmp_path)


def test_one_that_cannot_be_read_is_named(asset, folder, tmp_path):
    # Its first bytes belong to nobody, so that to read them is an error of input.
    with pytest.raises(UserError, match=r"^/proc/self/mem cannot be read: Input/output error$"):
        asset("file", path="/proc/self/mem", file="f.tsv").download(folder, tmp_path)
