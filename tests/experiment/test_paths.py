"""Where results are, what they share, and which settings change their digests."""

from copy import deepcopy

import configs
import pytest

from switchrank.experiment.paths import Paths, digest, flat

FEW = ["bm25", "cosine", "untrained", "zero-shot", "bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"]
ALL = set(FEW)
TRAINED = ALL - {"bm25", "cosine"}
SWITCHED = {"bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"}


@pytest.fixture
def config():
    return deepcopy({**configs.pocket(), "only": FEW})


def paths_of(config):
    return Paths(configs.checked(config))


def test_every_cell_has_a_path_of_its_own():
    for config, count in ((configs.pocket(), 502), (configs.full(), 853)):
        cells = flat(paths_of(config).cells())
        assert len(cells) == len(set(cells)) == count


def test_what_depends_on_the_collection_is_shared_whatever_the_experiments_are_called(config):
    mine, other = paths_of(config), paths_of(config | {"name": "other", "only": ["ml-cs"]})
    assert mine.results != other.results
    assert mine.corpus == other.corpus
    assert mine.candidates == other.candidates
    assert mine.models_of("ml-cs") == other.models_of("ml-cs")
    assert mine.encodings("collection", "de") == other.encodings("collection", "de")
    assert mine.lexicon_keys == other.lexicon_keys
    assert mine.cell("ml-cs", "en-de") != other.cell("ml-cs", "en-de")


def test_a_systems_downloads_are_those_of_its_collection_encoder_and_lexicons():
    paths = paths_of(configs.full())
    common = ["resources/cldr", "resources/use-multilingual", "resources/osm-tags"]
    assert paths.assets_of("ml-cs") == common
    codes = ("ara", "deu", "ita", "nld", "rus")
    dictionaries = [f"resources/freedict-eng-{code}" for code in codes]
    assert paths.assets_of("ml-cs-freedict") == [*common, *dictionaries]


def test_a_shuffled_lexicon_depends_on_the_downloads_of_what_is_shuffled(config):
    config["lexicons"]["people"] = {"kind": "freedict"}
    config["lexicons"]["clwe-shuffled"]["of"] = "people"
    assert "resources/freedict-eng-deu" in paths_of(config).assets_of("ml-cs-shuffled")


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


def digests(config):
    paths = paths_of(config)
    return {system: paths.config_digest(system) for system in FEW}


@pytest.mark.parametrize(
    ("change", "systems"),
    [
        (lambda c: c["systems"]["ml-cs"]["training"].update(ratio=0.25), {"ml-cs"}),
        (lambda c: c["systems"]["ml-cs-tt"].update(translate="clwe-nn"), {"ml-cs-tt"}),
        (lambda c: c["lexicons"]["clwe"].update(neighbours=5), SWITCHED),
        (lambda c: c["lexicons"]["clwe-shuffled"].update(seed=5), {"ml-cs-shuffled"}),
        (lambda c: c.update(vectors={"words": 500}), SWITCHED),
        (lambda c: c["rankers"].update(kernel={"kind": "kernel", "steps": 10}), TRAINED - {"untrained"}),
        (lambda c: c["training"].update(rounds=1), TRAINED),
        (lambda c: c.update(collection={"kind": "pocket", "seed": 2}), ALL),
        (lambda c: c["candidates"].update(depth=5), ALL),
        (lambda c: c.update(collection={"kind": "pocket", "limit": 100}), ALL),
        (lambda c: c.update(metrics=["nDCG@10"]), ALL),
        (lambda c: c.update(name="other"), set()),
        (lambda c: c["systems"]["ml-cs"].update(description="other words", versus=[]), set()),
        (lambda c: c["pairs"]["clir"].pop(), set()),
    ],
)
def test_a_digest_changes_with_what_its_figures_depend_on(config, change, systems):
    before = digests(config)
    change(config)
    after = digests(config)
    assert {system for system in FEW if before[system] != after[system]} == systems


def test_the_order_of_keys_changes_nothing(config):
    turned = {k: dict(reversed(v.items())) if isinstance(v, dict) else v for k, v in config.items()}
    assert digests(config) == digests(turned)
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1}) != digest({"a": 1, "b": [3]})


def test_digests_of_systems_differ(config):
    assert len(set(digests(config).values())) == len(FEW)
