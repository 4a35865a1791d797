"""Rankers chosen on dev: from which models, on which pairs, and under which key."""

from copy import deepcopy

import configs
import pytest

from switchrank.experiment.choices import Choices
from switchrank.experiment.paths import Paths

FAST = {"kind": "kernel", "projection_learning_rate": 0.01}
CHOICE = {"choose": ["kernel", "kernel-fast", "kernel-untrained"], "dev": "source"}


@pytest.fixture
def config():
    config = deepcopy(
        {**configs.pocket(), "only": ["zero-shot", "zero-shot-fast", "zero-shot-chosen", "ml-cs"]}
    )
    config["rankers"]["kernel-chosen"] = deepcopy(CHOICE)
    return config


def choices_of(config):
    return Choices(Paths(configs.checked(config)))


def key(choices, name="kernel-chosen"):
    return choices.paths.ranker_keys[name]


def test_models_are_those_of_the_systems_that_have_these_rankers(config):
    choices = choices_of(config)
    paths, data = choices.paths, choices.paths.data_keys["en-en"]
    models = choices.models(key(choices), data)
    assert list(models) == CHOICE["choose"]
    assert list(models["kernel"].values()) == paths.models_of("zero-shot")
    assert list(models["kernel-fast"].values()) == paths.models_of("zero-shot-fast")
    assert list(choices.chosen(key(choices), data).values()) == paths.models_of("zero-shot-chosen")


def test_what_no_seed_changes_has_one_model_for_all_seeds(config):
    choices = choices_of(config)
    data = choices.paths.data_keys["en-en"]
    untrained = choices.models(key(choices), data)["kernel-untrained"]
    assert list(untrained) == [1, 2, 3] and len(set(untrained.values())) == 1
    assert untrained[1].endswith("/seed0")
    files = choices.model_files(key(choices), data)
    assert len(files) == len(set(files)) == 3 * (3 + 3 + 1)
    assert choices.experiment.seeds_of("zero-shot-chosen") == [1, 2, 3]


def test_dev_is_the_source_language_or_the_pairs_that_training_sees(config):
    config["rankers"]["kernel-chosen-all"]["choose"] = ["kernel", "kernel-fast"]
    choices = choices_of(config)
    assert list(choices.pairs(key(choices))) == ["en-en"]
    seen = choices.pairs(key(choices, "kernel-chosen-all"))
    assert sorted(seen) == list(seen) == sorted(config["pairs"]["moir"] + config["pairs"]["clir"])
    config |= {"pairs": {"unseen": ["fr-en", "en-xx6"]}, "training": {"languages": ["de"]}}
    choices = choices_of(config)
    assert list(choices.pairs(key(choices, "kernel-chosen-all"))) == ["de-de", "de-en", "en-de", "en-en"]


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (lambda c: c["rankers"]["kernel-fast"].update(steps=10), True),
        (lambda c: c["rankers"]["kernel-chosen"].update(choose=["kernel-fast", "kernel"]), True),
        (lambda c: c["rankers"]["kernel-chosen"].update(dev="all"), True),
        (lambda c: c.update(seeds=[1, 2]), True),
        (lambda c: c.update(metrics=["nDCG@10"]), True),
        (lambda c: c["pairs"]["clir"].pop(), False),
        (lambda c: c.update(metrics=["MRR@10"]), False),
        (lambda c: c["rankers"].update({"other": FAST}), False),
    ],
)
def test_a_choice_has_another_place_if_it_may_turn_out_another(config, change, changed):
    before = choices_of(deepcopy(config))
    change(config)
    after = choices_of(config)
    assert (key(before) != key(after)) == changed
    assert (before.of_system("zero-shot-chosen") != after.of_system("zero-shot-chosen")) == changed
    assert before.paths.models_of("zero-shot")[0] == after.paths.models_of("zero-shot")[0]


def test_other_pairs_are_another_choice_where_all_of_them_are_looked_at(config):
    config["rankers"]["kernel-chosen"] = CHOICE | {"dev": "all"}
    before = choices_of(deepcopy(config))
    config["pairs"]["clir"].pop()
    assert key(before) != key(choices_of(config))


def test_systems_are_told_where_their_choice_is(config):
    choices = choices_of(config)
    (path,) = choices.of_system("zero-shot-chosen").values()
    assert path.endswith("/choice.json") and key(choices) in path
    assert choices.of_system("zero-shot") == choices.of_system("ml-cs") == {}
