"""Transformers as files: what is saved and restored, and what is refused."""

import shutil

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny_transformers import EMBEDDINGS, OTHERS, close, read, scores, whole, whole_scores
from transformers import AutoModelForSequenceClassification

from switchrank.errors import UserError
from switchrank.rankers.transformer import Transformer


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
    close(found, whole_scores(tiny, model.eval()))
    assert np.abs(found - whole_scores(tiny)).max() > 0.01
    assert Transformer(tmp_path / "saved").config.vocab_size == network.config.vocab_size


def test_saved_layers_are_those_that_were_kept(tiny, tmp_path):
    network, inputs = trained(tiny, False, layers=(0, 2), dropout=0.4)
    network.save(tmp_path / "saved")
    model = whole(tmp_path / "saved")
    assert model.config.num_hidden_layers == 2
    close(scores(network, inputs), whole_scores(tiny, model))
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
    folder = shutil.copytree(tiny, tmp_path / "damaged")
    DAMAGES[damage](folder)
    file = "config" if damage.startswith("config") and "other" not in damage else "safetensors"
    with pytest.raises(UserError, match=rf"{file}.*: damaged \(.*\): remove it") as error:
        Transformer(folder).use(np.arange(100))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("file", ["config.json", EMBEDDINGS, OTHERS])
def test_a_missing_file_is_named(tiny, tmp_path, file):
    folder = shutil.copytree(tiny, tmp_path / "damaged")
    (folder / file).unlink()
    with pytest.raises(UserError, match=f"{file}: not found$"):
        Transformer(folder).use(np.arange(3))
