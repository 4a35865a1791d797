"""Whatever a model was written as, it becomes one form, and gives what it gave."""

import json
from pathlib import Path

import pytest
import torch
import transformers
from safetensors.torch import load_file, save_file
from tiny_models import CONFIGS, outputs, tokenizer, write_model

from switchrank.errors import UserError
from switchrank.pretrained.normal_form import EMBEDDINGS, INDEX, OTHERS, TOKENIZER, write_normal_form

VECTORS = {
    "bert": "bert.embeddings.word_embeddings.weight",
    "xlm-r": "roberta.embeddings.word_embeddings.weight",
    "modernbert": "model.embeddings.tok_embeddings.weight",
}
BODY = {"bert": "bert.", "xlm-r": "roberta.", "modernbert": "model."}
RERANKER = "AutoModelForSequenceClassification"


@pytest.fixture
def convert(tmp_path):
    def write(source):
        folder = tmp_path / "form"
        folder.mkdir()
        write_normal_form(source, folder, "my model")
        return folder

    return write


def assert_alike(after, before):
    """But for the last digits, which depend on where in a file the weights are."""
    torch.testing.assert_close(after, before, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("cls", ["AutoModel", "AutoModelForMaskedLM"])
@pytest.mark.parametrize("architecture", CONFIGS)
def test_an_encoder_gives_what_it_gave(tmp_path, convert, architecture, cls):
    source = write_model(tmp_path / "source", architecture, cls)
    folder = convert(source)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [EMBEDDINGS, OTHERS, INDEX, TOKENIZER, "config.json", "tokenizer_config.json"]
    )
    assert_alike(outputs(folder), outputs(source))


@pytest.mark.parametrize("architecture", CONFIGS)
def test_the_vectors_of_pieces_are_in_a_file_of_their_own(tmp_path, convert, architecture):
    source = write_model(tmp_path / "source", architecture, "AutoModelForMaskedLM")
    folder = convert(source)
    vectors, others = load_file(folder / EMBEDDINGS), load_file(folder / OTHERS)
    assert list(vectors) == [VECTORS[architecture]]
    whole = load_file(source / "model.safetensors")
    assert torch.equal(vectors[VECTORS[architecture]], whole[VECTORS[architecture]])
    index = json.loads((folder / INDEX).read_text())
    assert index["weight_map"] == dict.fromkeys(vectors, EMBEDDINGS) | dict.fromkeys(others, OTHERS)
    tensors = [*vectors.values(), *others.values()]
    assert index["metadata"]["total_size"] == sum(tensor.nbytes for tensor in tensors)


@pytest.mark.parametrize("architecture", CONFIGS)
def test_a_rerankers_head_is_kept(tmp_path, convert, architecture):
    source = write_model(tmp_path / "source", architecture, RERANKER, num_labels=1)
    folder = convert(source)
    assert_alike(outputs(folder, RERANKER), outputs(source, RERANKER))
    before, after = load_file(source / "model.safetensors"), load_file(folder / OTHERS)
    head = [name for name in before if not name.startswith(BODY[architecture])]
    assert head and all(torch.equal(before[name], after[name]) for name in head)


@pytest.mark.parametrize("architecture", CONFIGS)
def test_a_head_for_several_labels_is_left_out(tmp_path, convert, architecture):
    source = write_model(tmp_path / "source", architecture, RERANKER, num_labels=3)
    folder = convert(source)
    assert all(name.startswith(BODY[architecture]) for name in load_file(folder / OTHERS))
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder)
    assert model.num_labels == 1
    assert_alike(outputs(folder), outputs(source))


def test_what_was_pretrained_of_a_head_is_kept(tmp_path, convert):
    source = write_model(tmp_path / "source", "modernbert", "AutoModelForMaskedLM")
    names = load_file(convert(source) / OTHERS).keys()
    assert "head.dense.weight" in names and not any(name.startswith("classifier.") for name in names)


def test_weights_of_another_precision_and_in_several_files_are_read(tmp_path, convert):
    source = write_model(tmp_path / "source", "bert")
    half = transformers.AutoModel.from_pretrained(source, dtype=torch.bfloat16)
    half.save_pretrained(source, max_shard_size="5KB")
    (source / "model.safetensors").unlink()
    folder = convert(source)
    tensors = load_file(folder / EMBEDDINGS) | load_file(folder / OTHERS)
    assert {tensor.dtype for tensor in tensors.values()} == {torch.float32}
    vectors = half.get_input_embeddings().weight
    assert torch.equal(tensors[VECTORS["bert"]], vectors.float())


def test_tensors_with_several_names_are_written_once(tmp_path, convert):
    config = transformers.T5Config(
        vocab_size=12, d_model=16, d_kv=8, d_ff=24, num_layers=1, num_heads=2, tie_word_embeddings=True
    )
    source = tmp_path / "source"
    transformers.T5ForSequenceClassification(config).save_pretrained(source)
    tokenizer().save_pretrained(source)
    folder = convert(source)
    assert list(load_file(folder / EMBEDDINGS)) == ["transformer.shared.weight"]
    model = transformers.AutoModelForSequenceClassification.from_pretrained(folder)
    assert model.transformer.encoder.embed_tokens.weight is model.transformer.shared.weight


def test_the_tokenizer_reads_as_before_and_cuts_nothing(tmp_path, convert):
    source = write_model(tmp_path / "source", "bert")
    before = transformers.AutoTokenizer.from_pretrained(source)
    before.backend_tokenizer.enable_truncation(3)
    before.backend_tokenizer.enable_padding(length=30)
    before.save_pretrained(source)
    after = transformers.AutoTokenizer.from_pretrained(convert(source))
    texts = ["The water is COLD", "x"], ["red house", ""]
    assert after(*texts)["input_ids"] == tokenizer()(*texts)["input_ids"]
    assert after.model_max_length == 32
    assert after.pad_token == "[PAD]" and after.cls_token == "[CLS]"


def test_the_same_source_gives_the_same_bytes(tmp_path):
    source = write_model(tmp_path / "source", "bert", "AutoModelForMaskedLM")
    folders = tmp_path / "one", tmp_path / "two"
    for folder in folders:
        folder.mkdir()
        write_normal_form(source, folder, "my model")
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two


def without_weights(folder: Path):
    (folder / "model.safetensors").unlink()


def without_a_layer(folder: Path):
    tensors = load_file(folder / "model.safetensors")
    kept = {name: tensor for name, tensor in tensors.items() if "layer.1." not in name}
    save_file(kept, folder / "model.safetensors", {"format": "pt"})


def with_other_sizes(folder: Path):
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"vocab_size": 99}))


def of_an_unknown_type(folder: Path):
    (folder / "config.json").write_text('{"model_type": "none-such"}')


def with_damaged_weights(folder: Path):
    (folder / "model.safetensors").write_bytes(b"none")


def with_a_damaged_tokenizer(folder: Path):
    (folder / "tokenizer.json").write_text('{"version": "1.0"}')


def with_a_slow_tokenizer(folder: Path):
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "ByT5Tokenizer"}')


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (without_weights, "cannot be loaded"),
        (without_a_layer, "found no weights called bert.encoder.layer.1.attention.output.LayerNorm.bias"),
        (with_other_sizes, "found no weights called bert.embeddings.word_embeddings.weight, or of another"),
        (of_an_unknown_type, "cannot be loaded"),
        (with_damaged_weights, "cannot be loaded"),
        (with_a_damaged_tokenizer, "cannot be loaded"),
        (with_a_slow_tokenizer, "found ByT5Tokenizer, expected a fast tokenizer"),
    ],
)
def test_what_is_no_model_is_one_line_that_names_it(tmp_path, convert, spoil, said):
    source = write_model(tmp_path / "source", "bert")
    spoil(source)
    with pytest.raises(UserError) as failure:
        convert(source)
    assert str(failure.value).startswith("my model: ") and said in str(failure.value)
    assert "\n" not in str(failure.value) and str(source) not in str(failure.value)
