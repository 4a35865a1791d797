"""A model in a folder is read, never changed, and none of its code is run."""

import json
import shutil

import configs
import pytest
from tiny_models import outputs, write_model

from switchrank.errors import UserError
from switchrank.pretrained.folder import Folder, Settings
from switchrank.pretrained.writing import write_pretrained


@pytest.fixture
def model(tmp_path):
    return write_model(tmp_path / "model", "bert")


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_it_is_read_and_not_changed(model, tmp_path):
    before = contents(model)
    write_pretrained({"kind": "folder", "path": str(model)}, tmp_path / "out")
    assert contents(model) == before
    assert outputs(tmp_path / "out").allclose(outputs(model), atol=1e-6)
    origin = json.loads((tmp_path / "out" / "origin.json").read_text())
    assert origin["source"] == str(model) and origin["files"].keys() == before.keys()


def test_its_files_are_those_that_are_read(model):
    (model / "training_args.bin").touch()
    (model / "README.md").touch()
    names = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
    assert Folder.files(Settings(path=str(model))) == [str(model / name) for name in names]


@pytest.mark.parametrize("known", [True, False])
def test_code_that_it_brings_is_not_run(model, tmp_path, known, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (model / "evil.py").write_text("open('ran', 'w')\nclass Model: pass\n")
    for name, classes in (
        ("config.json", {"AutoConfig": "evil.Model", "AutoModelForSequenceClassification": "evil.Model"}),
        ("tokenizer_config.json", {"AutoTokenizer": ["evil.Model", None]}),
    ):
        content = json.loads((model / name).read_text()) | {"auto_map": classes}
        (model / name).write_text(json.dumps(content if known else content | {"model_type": "evil"}))
    if known:
        write_pretrained({"kind": "folder", "path": "model"}, tmp_path / "out")
        assert "auto_map" not in (tmp_path / "out" / "config.json").read_text()
    else:
        with pytest.raises(UserError, match=r"^model: cannot be loaded \("):
            write_pretrained({"kind": "folder", "path": "model"}, tmp_path / "out")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("key", ["attn_implementation", "_attn_implementation", "use_kernels"])
def test_no_kernel_of_a_hub_is_asked_for(model, tmp_path, key):
    config = json.loads((model / "config.json").read_text())
    (model / "config.json").write_text(json.dumps(config | {key: "someone/kernel"}))
    write_pretrained({"kind": "folder", "path": str(model)}, tmp_path / "out")
    assert "someone/kernel" not in (tmp_path / "out" / "config.json").read_text()


def test_pickled_weights_are_not_read(model, tmp_path):
    (model / "model.safetensors").rename(model / "pytorch_model.bin")
    (model / "other.safetensors").touch()
    with pytest.raises(UserError, match="cannot be loaded"):
        write_pretrained({"kind": "folder", "path": str(model)}, tmp_path / "out")


def checked(path):
    return configs.checked(configs.pocket() | {"pretrained": {"mine": {"kind": "folder", "path": str(path)}}})


def test_a_config_may_name_it(model):
    checked(model)


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (None, "expected a folder that exists"),
        ("config.json", "found no config.json, expected one"),
        ("model.safetensors", "found no *.safetensors, expected weights in this format"),
        ("tokenizer.json", "found no tokenizer, expected tokenizer.json"),
    ],
)
def test_one_that_is_no_model_is_told_before_anything_runs(model, missing, said):
    if missing:
        (model / missing).unlink()
    else:
        shutil.rmtree(model)
    with pytest.raises(UserError) as failure:
        checked(model)
    assert str(failure.value).startswith("my.yaml: pretrained.mine.path: ")
    assert said in str(failure.value) and str(model) in str(failure.value)


@pytest.mark.parametrize("content", ["{", "[1]", '"text"'])
def test_a_config_of_the_model_that_is_no_mapping_is_named(model, tmp_path, content):
    (model / "config.json").write_text(content)
    with pytest.raises(UserError, match=r"config\.json: damaged \(.*\): expected a mapping in JSON$"):
        write_pretrained({"kind": "folder", "path": str(model)}, tmp_path / "out")
