"""Results that match what is here, and everything that may differ."""

import hashlib
import json

import pytest

from switchrank.assets.manifest import write_manifest
from switchrank.errors import UserError
from switchrank.experiment import verify as module
from switchrank.experiment.provenance import provenance
from switchrank.experiment.verify import verify
from switchrank.files import sha256

NOW = {
    "commit": "a" * 40,
    "clean": True,
    "python": "3.11.9",
    "packages": {"numpy": "2.0", "torch": None},
    "processor": {"name": "A", "architecture": "x86_64", "instructions": ["avx2"]},
}


@pytest.fixture
def results(tmp_path, monkeypatch):
    """Three cells, made with what is here now."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("switchrank.experiment.provenance.gather", lambda: NOW)
    monkeypatch.setattr(module, "gather", lambda: NOW)
    asset = tmp_path / "resources" / "words"
    asset.mkdir(parents=True)
    (asset / "words.txt").write_bytes(b"words")
    contents = {"words.txt": hashlib.sha256(b"words").hexdigest()}
    write_manifest(asset, "words", {"sha256": "ab", "licence": "MIT"}, contents)
    (tmp_path / "measures").write_bytes(b"1")
    cells = tmp_path / "results" / "cells"
    cells.mkdir(parents=True)
    origin = provenance({"config_digest": "c1"}, ["resources/words"]) | {
        "inputs": {"measures": sha256("measures")}
    }
    for name in ("ar-it", "de-de", "moir"):
        (cells / f"{name}.json").write_text(json.dumps({"system": "ml-cs", "provenance": origin}))
    (tmp_path / "results" / "stats.json").write_text('{"words": 3}')
    return tmp_path / "results"


def test_all_match(results):
    assert verify([results]) == (3, [])
    assert verify([results / "cells" / "moir.json"], {"ml-cs": "c1"}) == (1, [])


def differences(results):
    _, lines = verify([results])
    assert all(line.startswith(f"{results}/cells/ar-it.json and 2 others: ") for line in lines)
    return [line.split(": ", 1)[1] for line in lines]


@pytest.mark.parametrize(
    "changes, lines",
    [
        ({"commit": "b" * 40}, [f"commit: was {'a' * 40}, is {'b' * 40}"]),
        ({"clean": False}, ["the sources have changed since commit aaaaaaaaaaaa"]),
        ({"python": "3.12.1"}, ["python: was 3.11.9, is 3.12.1"]),
        ({"packages": {"numpy": "2.1", "torch": "3"}}, ["packages numpy: was 2.0, is 2.1"]),
        (
            {"processor": NOW["processor"] | {"name": "B", "instructions": []}},
            ["processor name: was A, is B", "processor instructions: was ['avx2'], is []"],
        ),
    ],
)
def test_another_machine(results, monkeypatch, changes, lines):
    monkeypatch.setattr(module, "gather", lambda: NOW | changes)
    assert differences(results) == lines


def test_sources_that_were_not_committed(results, monkeypatch):
    path = results / "cells" / "moir.json"
    cell = json.loads(path.read_text())
    cell["provenance"]["clean"] = False
    path.write_text(json.dumps(cell))
    _, lines = verify([results])
    assert lines == [f"{path}: was made with changes to the sources since commit aaaaaaaaaaaa"]


def test_other_files(results, monkeypatch):
    (results.parent / "measures").write_bytes(b"2")
    (results.parent / "resources" / "words" / "words.txt").unlink()
    assert differences(results) == [
        "resources/words/words.txt: is not as downloaded",
        "measures: has changed",
    ]
    (results.parent / "measures").unlink()
    write_manifest(results.parent / "resources" / "words", "words", {"sha256": "cd"}, {})
    assert differences(results) == ["resources/words: sha256 was ab, is cd", "measures: is gone"]
    (results.parent / "resources" / "words" / ".fetched.json").unlink()
    assert differences(results) == ["resources/words: is gone", "measures: is gone"]


def test_each_file_is_read_once(results, monkeypatch):
    read = []
    monkeypatch.setattr(
        module, "sha256", lambda path: read.append(str(path)) or hashlib.sha256(b"1").hexdigest()
    )
    verify([results])
    assert sorted(read) == ["measures", "resources/words/words.txt"]


def test_another_config(results):
    _, lines = verify([results / "cells" / "moir.json"], {"ml-cs": "c2"})
    assert lines == [f"{results}/cells/moir.json: config: digest was c1, is c2"]


@pytest.mark.parametrize("name, words", [("none", "not found"), ("stats.json", "found no result")])
def test_no_cell(results, name, words):
    with pytest.raises(UserError, match=words):
        verify([results / name])


def test_no_json(results):
    (results / "stats.json").write_text("{")
    with pytest.raises(UserError, match=r"stats\.json: found no JSON"):
        verify([results / "stats.json"])
