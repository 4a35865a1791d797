"""A pretrained model is there as a whole or not at all, and says what it is."""

import hashlib
import json

import pytest
from tiny_models import write_model

from switchrank.errors import UserError
from switchrank.pretrained import writing
from switchrank.pretrained.writing import write_pretrained


@pytest.fixture
def entry(tmp_path):
    return {"kind": "folder", "path": str(write_model(tmp_path / "model", "bert"))}


def visible(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(".lock"))


def test_its_origin_has_the_sha256_of_weights_and_tokenizer(entry, tmp_path):
    write_pretrained(entry, tmp_path / "out" / "mine.1")
    folder = tmp_path / "out" / "mine.1"
    origin = json.loads((folder / "origin.json").read_text())
    assert origin["kind"] == "folder"
    assert origin["sha256"] == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in (
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "tokenizer.json",
        )
    }
    assert visible(tmp_path / "out") == ["mine.1"]


def test_it_replaces_what_was_there_as_a_whole(entry, tmp_path):
    folder = tmp_path / "out" / "mine.1"
    folder.mkdir(parents=True)
    (folder / "stray").touch()
    write_pretrained(entry, folder)
    assert "stray" not in visible(folder) and visible(tmp_path / "out") == ["mine.1"]


def test_one_that_cannot_be_made_leaves_what_was_there(entry, tmp_path):
    folder = tmp_path / "out" / "mine.1"
    write_pretrained(entry, folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    (tmp_path / "model" / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(UserError):
        write_pretrained(entry, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert visible(tmp_path / "out") == ["mine.1"]


def test_one_that_was_stopped_is_not_there(entry, tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writing, "sha256", stop)
        with pytest.raises(KeyboardInterrupt):
            write_pretrained(entry, tmp_path / "out" / "mine.1")
    assert visible(tmp_path / "out") == []
    write_pretrained(entry, tmp_path / "out" / "mine.1")
    assert visible(tmp_path / "out") == ["mine.1"]
