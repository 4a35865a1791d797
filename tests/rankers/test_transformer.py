"""Transformers with a part of their pieces and layers, beside the whole ones that Hugging Face loads."""

import json
import re
import shutil

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny_transformers import EMBEDDINGS, KINDS, LAYERS, OTHERS, POSITIONS, WORDS, write_tiny
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from switchrank.errors import UserError
from switchrank.rankers.tokens import Tokens
from switchrank.rankers.transformer import Transformer

# From one word to more than can be read.
TEXTS = [(" ".join(WORDS[n : n + 1 + n // 3]), " ".join(WORDS[: n + 1])) for n in range(0, 14, 2)]


def whole(folder):
    return AutoModelForSequenceClassification.from_pretrained(folder, local_files_only=True).eval()


@torch.inference_mode()
def expected_scores(folder, model=None, texts=TEXTS, most=POSITIONS):
    """What Hugging Face's model gives, by default the one in the folder."""
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    options = {"truncation": "longest_first", "max_length": most, "padding": True, "return_tensors": "pt"}
    encoded = tokenizer(*map(list, zip(*texts, strict=True)), **options)
    return (model or whole(folder))(**encoded).logits[:, 0].numpy()


def read(folder, texts=TEXTS, most=POSITIONS, **options):
    """A transformer with the pieces of the texts alone, and the texts as a batch."""
    network = Transformer(folder, **options)
    tokens = Tokens(folder, network.padding, most)
    rows = [tokens.rows(list(side)) for side in zip(*texts, strict=True)]
    network.use(tokens.pieces(np.concatenate(rows)))
    return network, tokens.joined(*rows)


@torch.inference_mode()
def scores(network, inputs):
    return network(inputs).numpy()


def close(found, expected):
    np.testing.assert_allclose(found, expected, atol=1e-5)
    assert np.std(expected) > 0.05  # the model tells texts apart


def copied(folder, to):
    shutil.copytree(folder, to)
    return to


def test_a_part_of_the_pieces_gives_the_scores_of_the_whole_model(tiny):
    network, inputs = read(tiny)
    assert len(network.pieces) == network.model.get_input_embeddings().num_embeddings
    assert len(network.pieces) < network.config.vocab_size - 10
    assert inputs.pieces.shape[1] == POSITIONS == network.max_tokens  # the last position is read, too
    close(scores(network, inputs), expected_scores(tiny))


def test_where_nothing_is_padded_there_are_the_same_scores(tiny):
    together = expected_scores(tiny)
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


def test_positions_counted_from_behind_the_padding_are_fewer(tiny_folders, tmp_path):
    """CamemBERT is built as XLM-R is, under another name."""
    folder = copied(tiny_folders["xlm-roberta"], tmp_path / "camembert")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"model_type": "camembert"}))
    network, inputs = read(folder)
    assert network.max_tokens == POSITIONS
    close(scores(network, inputs), expected_scores(folder))


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
    close(scores(network, inputs), expected_scores(folder, model))


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


def trained(folder, embeddings, **options):
    """A transformer of which all weights that are not frozen were changed, and the texts that it has."""
    network, inputs = read(folder, **options)
    network.freeze(embeddings, 0)
    with torch.no_grad():
        for weight in network.parameters():
            if weight.requires_grad:
                weight.mul_(1.1)
    return network, inputs


@pytest.mark.parametrize("frozen", [True, False])
def test_a_saved_folder_is_loaded_by_from_pretrained_with_the_same_scores(tiny, tmp_path, frozen):
    network, inputs = trained(tiny, frozen)
    network.save(tmp_path / "saved")
    model, info = AutoModelForSequenceClassification.from_pretrained(
        tmp_path / "saved", local_files_only=True, output_loading_info=True
    )
    assert not any(info.values())
    found = scores(network, inputs)
    close(found, expected_scores(tiny, model.eval()))
    assert np.abs(found - expected_scores(tiny)).max() > 0.01
    assert Transformer(tmp_path / "saved").config.vocab_size == network.config.vocab_size


def test_saved_layers_are_those_that_were_kept(tiny, tmp_path):
    network, inputs = trained(tiny, False, layers=(0, 2), dropout=0.4)
    network.save(tmp_path / "saved")
    model = whole(tmp_path / "saved")
    assert model.config.num_hidden_layers == 2
    close(scores(network, inputs), expected_scores(tiny, model))
    # The dropout is of the training, not of the model.
    shares = [value for name, value in vars(model.config).items() if "dropout" in name]
    assert 0.4 not in shares and shares


def test_embeddings_that_are_not_in_use_stay_as_they_are(tiny, tmp_path):
    network, _ = trained(tiny, False)
    network.save(tmp_path / "saved")
    (before,), (after,) = (load_file(path / EMBEDDINGS).values() for path in (tiny, tmp_path / "saved"))
    changed = (before != after).any(1).nonzero().squeeze(1)
    assert changed.tolist() == network.pieces.tolist()
    torch.testing.assert_close(after[changed], before[changed] * 1.1)


def test_embeddings_that_were_frozen_are_the_file_that_they_were_read_from(tiny, tmp_path):
    trained(tiny, True)[0].save(tmp_path / "saved")
    assert (tmp_path / "saved" / EMBEDDINGS).read_bytes() == (tiny / EMBEDDINGS).read_bytes()


@pytest.mark.parametrize("frozen", [True, False])
def test_weights_are_restored_to_the_same_scores(tiny, frozen):
    network, inputs = trained(tiny, frozen)
    weights = network.weights()
    assert ("pieces" in weights) == (not frozen)
    restored = Transformer(tiny, seed=5)
    restored.restore(weights)
    assert restored.trains_embeddings == (not frozen)
    restored.use(np.unique(inputs.pieces))
    assert np.array_equal(scores(restored, inputs), scores(network, inputs))


def test_restored_embeddings_outlive_other_pieces(tiny):
    network, inputs = trained(tiny, False)
    restored = Transformer(tiny)
    restored.restore(network.weights())
    restored.use(np.arange(network.config.vocab_size))
    np.testing.assert_allclose(scores(restored, inputs), scores(network, inputs), atol=1e-5)


def test_weights_of_another_model_are_not_restored(tiny):
    weights = read(tiny, layers=(0, 1))[0].weights()
    with pytest.raises(ValueError, match=r"\.2\..* is missing"):
        Transformer(tiny).restore(weights)
    with pytest.raises(ValueError, match="foreign"):
        Transformer(tiny, layers=(0, 1)).restore({**weights, "foreign": torch.ones(1)})


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
    folder = copied(tiny, tmp_path / "whole-numbers")
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


def without(part):
    """Damage: a weight is not there."""

    def damage(folder):
        weights = load_file(folder / OTHERS)
        lost = next(name for name in weights if part in name)
        save_file({name: weights[name] for name in weights.keys() - {lost}}, folder / OTHERS)

    return damage


def with_another(folder):
    save_file(load_file(folder / OTHERS) | {"foreign.weight": torch.ones(2)}, folder / OTHERS)


def with_embeddings(**shape):
    def damage(folder):
        ((name, table),) = load_file(folder / EMBEDDINGS).items()
        rows, width = shape.get("rows", len(table)), shape.get("width", table.shape[1])
        save_file({shape.get("name", name): torch.ones(rows, width)}, folder / EMBEDDINGS)

    return damage


def containing(file, content):
    return lambda folder: (folder / file).write_text(content)


DAMAGES = {
    "config is no JSON": containing("config.json", "nonsense"),
    "config of nothing": containing("config.json", "{}"),
    "config of an unknown model": containing("config.json", '{"model_type": "nothing"}'),
    "config of a wrong type": containing("config.json", '{"model_type": "bert", "hidden_size": "many"}'),
    "config that is impossible": containing("config.json", '{"model_type": "bert", "hidden_size": 31}'),
    "config of no classifier": containing("config.json", '{"model_type": "clip_text_model"}'),
    "config of other weights": containing("config.json", '{"model_type": "electra"}'),
    "weights are nonsense": containing(OTHERS, "nonsense"),
    "weights are empty": containing(OTHERS, ""),
    "a layer lacks a weight": without(".1."),
    "embeddings lack their norm": without("embeddings."),
    "a foreign weight": with_another,
    "embeddings are nonsense": containing(EMBEDDINGS, "nonsense"),
    "embeddings of other pieces": with_embeddings(rows=20),
    "embeddings of another width": with_embeddings(width=31),
    "embeddings of another name": with_embeddings(name="foreign.weight"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_files_are_refused_in_one_line(tiny, tmp_path, damage):
    folder = copied(tiny, tmp_path / "damaged")
    DAMAGES[damage](folder)
    file = "config" if damage.startswith("config") and "other" not in damage else "safetensors"
    with pytest.raises(UserError, match=rf"{file}.*: damaged \(.*\): remove it") as error:
        Transformer(folder).use(np.arange(100))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("file", ["config.json", EMBEDDINGS, OTHERS])
def test_a_missing_file_is_named(tiny, tmp_path, file):
    folder = copied(tiny, tmp_path / "damaged")
    (folder / file).unlink()
    with pytest.raises(UserError, match=f"{file}: not found$"):
        Transformer(folder).use(np.arange(3))
