"""Transformers with a part of their pieces and layers, beside the whole ones that Hugging Face loads."""

import json
import re
import shutil

import numpy as np
import pytest
import torch
from tiny_transformers import (
    KINDS,
    LAYERS,
    POSITIONS,
    TEXTS,
    close,
    read,
    scores,
    whole,
    whole_scores,
    write_tiny,
)
from transformers import AutoTokenizer

from switchrank.errors import UserError
from switchrank.rankers.tokens import Inputs, Tokens
from switchrank.rankers.transformer import Transformer


def test_a_part_of_the_pieces_gives_the_scores_of_the_whole_model(tiny):
    network, inputs = read(tiny)
    assert len(network.pieces) == network.model.get_input_embeddings().num_embeddings
    assert len(network.pieces) < network.config.vocab_size - 10
    assert inputs.pieces.shape[1] == POSITIONS == network.max_tokens  # the last position is read, too
    close(scores(network, inputs), whole_scores(tiny))


def test_where_nothing_is_padded_there_are_the_same_scores(tiny):
    together = whole_scores(tiny)
    for text, expected in zip(TEXTS, together, strict=True):
        network, inputs = read(tiny, [text])
        assert inputs.mask.all()
        np.testing.assert_allclose(scores(network, inputs), expected, atol=1e-5)


def test_pieces_that_come_later_change_no_score(tiny):
    network, inputs = read(tiny)
    before = scores(network, inputs)
    network.use(np.arange(0, network.config.vocab_size, 3))
    np.testing.assert_allclose(scores(network, inputs), before, atol=1e-6)
    pieces = network.pieces
    network.use(pieces[:3])
    assert network.pieces.tolist() == pieces.tolist()


def test_padding_keeps_its_number_whatever_is_in_use(tiny):
    """XLM-R tells by it where a text ends, and has a piece before it that not every text has."""
    network = Transformer(tiny)
    pieces, mask = np.array([[7, 9, 11], [12, 9, network.padding]]), np.array([[1, 1, 1], [1, 1, 0]])
    network.use(pieces)
    found = scores(network, Inputs(pieces, np.zeros_like(pieces), mask))
    tensors = {"input_ids": torch.from_numpy(pieces), "attention_mask": torch.from_numpy(mask)}
    with torch.inference_mode():
        expected = whole(tiny)(**tensors).logits[:, 0].numpy()
    np.testing.assert_allclose(found, expected, atol=1e-5)


def test_positions_counted_from_behind_the_padding_are_fewer(tiny_folders, tmp_path):
    """CamemBERT is built as XLM-R is, under another name."""
    folder = shutil.copytree(tiny_folders["xlm-roberta"], tmp_path / "camembert")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"model_type": "camembert"}))
    network, inputs = read(folder)
    assert network.max_tokens == POSITIONS
    close(scores(network, inputs), whole_scores(folder))


@pytest.mark.parametrize(
    ("kind", "kept"),
    [(kind, kept) for kind in KINDS for kept in [(0,), (0, 2), (0, 2, 1)]] + [("bert", (2, 0))],
)
def test_layers_that_are_kept_work_as_in_the_whole_model(tiny_folders, kind, kept):
    folder = tiny_folders[kind]
    network, inputs = read(folder, layers=kept)
    model = whole(folder)
    holder = {"bert": "bert.encoder", "xlm-roberta": "roberta.encoder", "modernbert": "model"}[kind]
    name = "layers" if kind == "modernbert" else "layer"
    layers = getattr(model.get_submodule(holder), name)
    setattr(model.get_submodule(holder), name, torch.nn.ModuleList([layers[number] for number in kept]))
    close(scores(network, inputs), whole_scores(folder, model))


def test_a_layer_that_does_not_exist_is_named(tiny):
    with pytest.raises(UserError, match="layers: found 3, expected less than 3"):
        Transformer(tiny, layers=(0, LAYERS))


def test_a_layer_in_place_of_another_make_is_named(tiny_folders):
    """The first layer of ModernBERT has no norm before its attention."""
    with pytest.raises(UserError, match=r"^layers: found 2 in place of 0, which is not built as layer 0"):
        Transformer(tiny_folders["modernbert"], layers=(2, 1))


@pytest.mark.parametrize(("embeddings", "layers"), [(True, 0), (False, 2), (True, 1), (True, LAYERS)])
def test_training_changes_what_is_not_frozen_and_no_more(tiny, embeddings, layers):
    network, inputs = read(tiny)
    network.freeze(embeddings, layers)
    before = {name: weight.clone() for name, weight in network.model.named_parameters()}
    optimizer = torch.optim.SGD([weight for weight in network.parameters() if weight.requires_grad], lr=0.1)
    for _ in range(2):
        optimizer.zero_grad()
        network(inputs).square().sum().backward()
        optimizer.step()
    changed = {name for name, weight in network.model.named_parameters() if not weight.equal(before[name])}
    still = {name for name in before if re.search(rf"layers?\.[{''.join(map(str, range(layers)))}x]\.", name)}
    still |= {name for name in before if embeddings and re.search(r"(word|tok)_embeddings\.", name)}
    # A key's bias adds the same to what all tokens are to a query, of which softmax takes no notice.
    assert {name for name in changed ^ (before.keys() - still) if not name.endswith("key.bias")} == set()
    assert not changed & still


def head_of(network):
    body = f"{network.model.base_model_prefix}."
    weights = network.model.state_dict().items()
    return {name: weight for name, weight in weights if not name.startswith(body) or ".pooler." in name}


@pytest.mark.parametrize("kind", KINDS)
def test_a_head_is_drawn_by_the_seed_alone(kind, tmp_path):
    folder = write_tiny(tmp_path / "headless", kind, head=False)
    first = head_of(read(folder, seed=1)[0])
    torch.manual_seed(7)
    again = head_of(read(folder, TEXTS[:1], seed=1, layers=(0,), dropout=0.5)[0])
    other = head_of(read(folder, seed=2)[0])
    assert first.keys() == again.keys() and first
    for name, weight in first.items():
        assert weight.equal(again[name])
        if weight.dim() > 1:
            assert not weight.equal(other[name]) and 0.01 < weight.std() < 0.03
        else:
            assert weight.unique().tolist() == [0.0 if name.endswith("bias") else 1.0]


def test_a_head_that_a_model_has_is_not_drawn(tiny):
    first, other = (head_of(Transformer(tiny, seed=seed)) for seed in (1, 2))
    assert all(weight.equal(other[name]) for name, weight in first.items())


def drops(network, inputs):
    """Whether two passes in training differ."""
    network.train()
    return not np.array_equal(scores(network, inputs), scores(network, inputs))


def test_a_share_is_dropped_in_training_as_is_said(tiny, tmp_path):
    assert not drops(*read(tiny, dropout=0.0))
    assert drops(*read(tiny, dropout=0.5))
    folder = shutil.copytree(tiny, tmp_path / "whole-numbers")
    config = json.loads((folder / "config.json").read_text())
    config = {name: 0 if "dropout" in name and value is not None else value for name, value in config.items()}
    (folder / "config.json").write_text(json.dumps(config))
    assert not drops(*read(folder))
    assert drops(*read(folder, dropout=0.5))


def test_the_mean_vector_of_a_text_does_not_depend_on_padding(tiny):
    network = Transformer(tiny)
    tokens = Tokens(tiny, network.padding, POSITIONS)
    rows = tokens.rows(["red", "the yellow mouse", ""])
    network.use(tokens.pieces(rows))
    tokenizer = AutoTokenizer.from_pretrained(tiny, local_files_only=True)
    with torch.inference_mode():
        together = network.pooled(tokens.alone(rows))
        for vector, text in zip(together, ["red", "the yellow mouse", ""], strict=True):
            encoded = tokenizer(text, return_tensors="pt")
            expected = whole(tiny).base_model(**encoded).last_hidden_state.mean(1)[0]
            torch.testing.assert_close(vector, expected, atol=1e-5, rtol=1e-4)
