"""Where figures come from."""

import hashlib
import json
import subprocess
import time

import pytest

from switchrank.assets.manifest import write_manifest
from switchrank.errors import UserError
from switchrank.experiment import provenance
from switchrank.experiment.provenance import PACKAGES, gather


def git(folder, *words):
    identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"]
    subprocess.run(["git", "-C", str(folder), *identity, *words], check=True, capture_output=True)


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "workflow").mkdir()
    (tmp_path / "workflow" / "code.py").write_text("1")
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message", "first")
    return tmp_path


def test_the_machine_is_described_at_once():
    gather.cache_clear()
    begun = time.perf_counter()
    facts = gather()
    assert time.perf_counter() - begun < 1  # a tenth, where nothing else runs
    assert list(facts) == ["commit", "clean", "python", "packages", "processor"]
    assert set(facts["packages"]) == set(PACKAGES) and facts["packages"]["numpy"]
    assert facts["processor"]["architecture"]
    json.dumps(facts, allow_nan=False)


def test_the_sources_are_as_committed_or_not(checkout):
    state = provenance._commit(checkout)
    assert len(state["commit"]) == 40 and state["clean"]
    (checkout / "notes.txt").touch()
    assert provenance._commit(checkout)["clean"]
    (checkout / "workflow" / "ranker.py").touch()
    assert not provenance._commit(checkout)["clean"]


def test_there_is_no_commit_outside_a_checkout_even_inside_anothers(checkout):
    assert provenance._commit(checkout / "workflow") == {"commit": None, "clean": None}


def test_a_processor(tmp_path):
    cpuinfo = tmp_path / "cpuinfo"
    cpuinfo.write_text("model name\t: A: B\nflags\t\t: fpu avx2 amx_bf16\n\nmodel name\t: other\n")
    processor = provenance._processor(cpuinfo)
    assert (processor["name"], processor["instructions"]) == ("A: B", ["avx2", "amx_bf16"])
    assert provenance._processor(tmp_path / "none")["instructions"] == []


def test_what_a_cell_says(tmp_path):
    pinned = {"sha256": "ab", "licence": "MIT", "purpose": "tests"}
    write_manifest(tmp_path, "words", pinned, {})
    assert provenance.provenance({"rebuild": "x"}, [tmp_path]) == {
        "rebuild": "x",
        **gather(),
        "data": {str(tmp_path): {"asset": "words", "sha256": "ab", "licence": "MIT"}},
    }


def test_the_files_that_a_cell_is_made_of(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text(name)
    a, b, c = (str(tmp_path / name) for name in ("a", "b", "c"))
    references = {"zero-shot": {"en-de": b}}
    found = provenance.inputs(["en-de"], {"en-de": a, "de-de": "not there"}, references, c)
    assert found == {path: hashlib.sha256(path[-1].encode()).hexdigest() for path in (a, b, c)}
    assert list(provenance.inputs(["de-de"], {"de-de": a}, references, c)) == [a, c]


def test_an_asset_that_is_not_there(tmp_path):
    with pytest.raises(UserError, match="not found, expected the folder of a download"):
        provenance.provenance({}, [tmp_path])
