"""Where results lie, and what they share."""

from copy import deepcopy

import configs
import pytest

from switchrank.experiment.paths import Paths, flat

FEW = ["bm25", "cosine", "untrained", "zero-shot", "bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"]


@pytest.fixture
def config():
    return deepcopy({**configs.pocket(), "only": FEW})


def paths_of(config):
    return Paths(configs.checked(config))


def test_every_cell_has_a_path_of_its_own():
    for config, count in ((configs.pocket(), 502), (configs.full(), 773)):
        cells = flat(paths_of(config).cells())
        assert len(cells) == len(set(cells)) == count


def test_what_hangs_on_the_collection_is_shared_whatever_the_experiments_are_called(config):
    mine, other = paths_of(config), paths_of(config | {"name": "other", "only": ["ml-cs"]})
    assert mine.results != other.results
    assert mine.corpus == other.corpus
    assert mine.candidates == other.candidates
    assert mine.models_of("ml-cs") == other.models_of("ml-cs")
    assert mine.encodings("collection", "de") == other.encodings("collection", "de")
    assert mine.lexicon_keys == other.lexicon_keys
    assert mine.cell("ml-cs", "en-de") != other.cell("ml-cs", "en-de")


TRAINED = set(FEW) - {"bm25", "cosine"}
SWITCHED = {"bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"}


@pytest.mark.parametrize(
    ("change", "retrained"),
    [
        (lambda c: c["systems"]["ml-cs"]["training"].update(ratio=0.25), {"ml-cs"}),
        (lambda c: c["lexicons"]["clwe"].update(neighbours=5), SWITCHED),
        (lambda c: c.update(metrics=["nDCG@10"]), set()),
        (lambda c: c.update(seeds=[1, 2]), set()),
        (lambda c: c["candidates"].update(depth=5), TRAINED),
    ],
)
def test_a_model_has_another_place_if_it_is_another_model(config, change, retrained):
    before = paths_of(config)
    change(config)
    after = paths_of(config)
    assert {system for system in FEW if before.models_of(system) != after.models_of(system)} == retrained


def test_texts_in_the_source_language_are_encoded_once(config):
    paths = paths_of(config)
    view = paths.view_of("ml-cs-tt")
    assert view != "collection"
    assert paths.encodings(view, "en") == paths.encodings("collection", "en")
    assert paths.encodings(view, "de") != paths.encodings("collection", "de")


def test_nested_paths_are_flattened():
    assert flat({"a": "x", "b": {"c": ["y", "z"]}, "d": {}}) == ["x", "y", "z"]
