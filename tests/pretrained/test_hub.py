"""A model on a hub: each file verified, from the hub or the mirror, and none that could hold code."""

import hashlib
import json

import configs
import pytest
from hub_server import serving
from tiny_models import outputs, write_model

from switchrank.errors import UserError
from switchrank.pretrained.writing import write_pretrained

COMMIT = "c" * 40
NAMES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    return write_model(tmp_path_factory.mktemp("hub"), "bert", "AutoModelForMaskedLM")


@pytest.fixture
def server(model, monkeypatch):
    """A hub with a model on it."""
    with serving({name: (model / name).read_bytes() for name in NAMES}, monkeypatch) as listening:
        yield listening


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "resources" / "pretrained" / "tiny.1"


def entry(files=NAMES):
    return {"kind": "hub", "repository": "o/n", "commit": COMMIT, "files": files}


def digests(files):
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def pinned(server, **changes):
    return entry(digests(server.files) | changes)


def complaint(*arguments):
    with pytest.raises(UserError) as failure:
        write_pretrained(*arguments)
    assert str(failure.value).startswith("o/n: ") and "\n" not in str(failure.value)
    return str(failure.value)


def test_a_model_comes_from_the_pinned_commit(server, model, folder):
    write_pretrained(pinned(server), folder)
    assert outputs(folder).allclose(outputs(model), atol=1e-6)
    assert server.asked == [f"/o/n/resolve/{COMMIT}/{name}" for name in NAMES]
    origin = json.loads((folder / "origin.json").read_text())
    assert origin["source"] == f"o/n at {COMMIT}"
    assert origin["files"] == digests(server.files)


def test_what_was_fetched_is_not_fetched_again(server, folder):
    write_pretrained(entry(), folder)
    server.asked.clear()
    write_pretrained(entry(), folder.with_name("tiny.2"))
    assert server.asked == []


def test_without_pins_the_first_download_is_what_later_ones_must_be(server, folder):
    write_pretrained(entry(), folder)
    record = folder.parent / ".digests" / "o" / "n" / f"{COMMIT}.json"
    assert json.loads(record.read_text()) == digests(server.files)
    kept = folder.parent / ".downloads" / "o" / "n" / COMMIT / "tokenizer.json"
    kept.unlink()
    other = server.files["tokenizer.json"].replace(b"water", b"waber")
    said = complaint_of_other_bytes(server, folder, entry(), other)
    assert hashlib.sha256(other).hexdigest() in said
    write_pretrained(entry(), folder)


def complaint_of_other_bytes(server, folder, entry, other):
    """What is said when the hub serves another tokenizer.json."""
    right, server.files["tokenizer.json"] = server.files["tokenizer.json"], other
    said = complaint(entry, folder)
    server.files["tokenizer.json"] = right
    assert f"tokenizer.json: expected sha256 {hashlib.sha256(right).hexdigest()}, found " in said
    assert "came through the hub and was removed" in said
    return said


def test_a_wrong_byte_is_noticed_and_stands_in_nobodys_way(server, folder):
    spoilt = bytearray(server.files["tokenizer.json"])
    spoilt[100] ^= 1
    complaint_of_other_bytes(server, folder, pinned(server), bytes(spoilt))
    assert not folder.exists()
    write_pretrained(pinned(server), folder)


@pytest.mark.parametrize("mood", ["truncated", "longer", "silent", "broken", "login"])
@pytest.mark.parametrize("given", [entry, pinned])
def test_a_transfer_that_fails_leaves_nothing_and_says_what_to_do(server, folder, mood, given):
    known = entry() if given is entry else pinned(server)
    server.moods["model.safetensors"] = mood
    said = complaint(known, folder)
    assert f"/o/n/resolve/{COMMIT}/model.safetensors failed: " in said
    for way in ("run the same command again", "HF_ENDPOINT", "put it into FOLDER/o/n", "SWITCHRANK_MIRROR"):
        assert way in said
    assert not folder.exists()
    server.moods.clear()
    write_pretrained(known, folder)
    assert json.loads((folder / "origin.json").read_text())["files"] == digests(server.files)


def test_a_file_that_the_repository_lacks_is_named(server, folder):
    assert "404" in complaint(entry([*NAMES, "vocab.txt"]), folder)


def test_a_kept_file_that_was_damaged_is_removed_and_fetched_again(server, folder):
    write_pretrained(entry(), folder)
    kept = folder.parent / ".downloads" / "o" / "n" / COMMIT / "tokenizer.json"
    kept.write_text("{}")
    assert "was removed: run again to fetch it again" in complaint(entry(), folder)
    write_pretrained(entry(), folder)
    assert kept.read_bytes() == server.files["tokenizer.json"]


@pytest.fixture
def mirror(server, tmp_path):
    """A mirror folder with the model in it."""
    place = tmp_path / "mirror" / "o" / "n"
    place.mkdir(parents=True)
    for name, content in server.files.items():
        (place / name).write_bytes(content)
    return tmp_path / "mirror"


def test_the_mirror_comes_first(server, mirror, folder):
    write_pretrained(pinned(server), folder, None, mirror)
    assert server.asked == []


def test_what_the_mirror_lacks_comes_from_the_hub(server, mirror, folder):
    (mirror / "o" / "n" / "config.json").unlink()
    write_pretrained(entry(), folder, None, mirror)
    assert server.asked == [f"/o/n/resolve/{COMMIT}/config.json"]


def test_a_wrong_file_in_the_mirror_is_left_alone(server, mirror, folder):
    wrong = mirror / "o" / "n" / "config.json"
    wrong.write_text("{}")
    said = complaint(pinned(server), folder, None, mirror)
    assert f"{wrong}: expected sha256" in said and "left alone" in said
    assert wrong.read_text() == "{}"


def test_a_mirror_that_is_not_there_is_told(server, folder, tmp_path):
    assert "none: not found, expected a folder" in complaint(entry(), folder, None, tmp_path / "none")


SHA256 = "0" * 64
NEEDED = dict.fromkeys(NAMES, SHA256)


@pytest.mark.parametrize("files", [list(NAMES), NEEDED, ["config.json", "a.safetensors", "spiece.model"]])
def test_a_config_names_files_with_or_without_sha256(files):
    configs.checked(configs.pocket() | {"pretrained": {"tiny": entry(files)}})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"files": [*NAMES, "pytorch_model.bin"]}, "files[4]: 'pytorch_model.bin' does not match"),
        ({"files": [*NAMES, "model.pt"]}, "files[4]: 'model.pt' does not match"),
        ({"files": [*NAMES, "model.pkl"]}, "other files can hold code)"),
        ({"files": [*NAMES, "modeling.py"]}, "files[4]: 'modeling.py' does not match"),
        ({"files": [*NAMES, "../config.json"]}, "files[4]: '../config.json' does not match"),
        ({"files": [*NAMES, "notes.txt"]}, "files[4]: 'notes.txt' does not match"),
        (
            {"files": NEEDED | {"model.bin": SHA256}},
            "files.model.bin: unknown key: 'model.bin' does",
        ),
        ({"files": NEEDED | {"config.json": "ab"}}, "files.config.json: 'ab' does not match"),
        ({"files": list(NAMES[1:])}, "files: found no config.json, expected one"),
        ({"files": ["config.json", "tokenizer.json"]}, "files: found no *.safetensors, expected weights in"),
        ({"files": ["config.json", "a.safetensors"]}, "files: found no tokenizer, expected tokenizer.json,"),
        ({"files": "config.json"}, "files: 'config.json' is not a mapping"),
        ({"commit": "main"}, "commit: 'main' does not match"),
        ({"repository": "name"}, "repository: 'name' does not match"),
        ({"kind": "hubb"}, "kind: 'hubb' is not among the allowed values; did you mean hub?"),
        ({"repository": "{o}/n"}, "repository: '{o}/n' does not match"),
    ],
)
def test_a_mistake_in_a_config_is_one_line(change, said):
    with pytest.raises(UserError) as failure:
        configs.checked(configs.pocket() | {"pretrained": {"tiny": entry(list(NAMES)) | change}})
    assert str(failure.value).startswith("my.yaml: pretrained.tiny.") and "\n" not in str(failure.value)
    assert said in str(failure.value)
