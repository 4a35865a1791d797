"""What config/pocket.yaml asks for, counted exactly, and mistakes that a schema cannot see."""

from collections import Counter
from copy import deepcopy
from pathlib import Path

import pytest

from switchrank.errors import UserError
from switchrank.experiment import Experiment, data_name
from switchrank.languages import setting_of
from switchrank.settings import load_yaml

POCKET = load_yaml(Path(__file__).parents[1] / "config" / "pocket.yaml")
GROUPS = ["moir", "clir", "mlir", "unseen"]
SYSTEMS = ["bm25", "cosine", "untrained", "zero-shot", "ml-cs"]


@pytest.fixture
def config():
    """config/pocket.yaml with its five main systems, without variants of them."""
    systems = {system: POCKET["systems"][system] for system in SYSTEMS}
    return deepcopy({**POCKET, "systems": systems})


@pytest.fixture
def pocket(config):
    return Experiment(config, "pocket.yaml")


def test_pairs_by_group_and_setting(pocket):
    assert Counter(pocket.pairs.values()) == {"moir": 6, "clir": 9, "mlir": 3, "unseen": 18}
    assert len(pocket.pairs) == 36
    unseen = Counter(setting_of(pair) for pair, group in pocket.pairs.items() if group == "unseen")
    assert unseen == {"clir": 9, "moir": 6, "mlir": 3}


@pytest.mark.parametrize(
    ("system", "pairs", "groups", "seeds"),
    [
        ("bm25", 12, ["moir"], [0]),
        ("cosine", 36, GROUPS, [0]),
        ("untrained", 36, GROUPS, [0]),
        ("zero-shot", 36, GROUPS, [1, 2, 3]),
        ("ml-cs", 36, GROUPS, [1, 2, 3]),
    ],
)
def test_pairs_averages_and_seeds_of_each_system(pocket, system, pairs, groups, seeds):
    assert len(pocket.pairs_of(system)) == len(set(pocket.pairs_of(system))) == pairs
    assert pocket.groups_of(system) == groups
    assert pocket.seeds_of(system) == seeds


def number_of_cells(experiment):
    """Of pairs, and of averages."""
    pairs = sum(len(experiment.pairs_of(system)) for system in experiment.systems)
    return pairs, sum(len(experiment.groups_of(system)) for system in experiment.systems)


def test_number_of_cells(pocket):
    assert pocket.systems == SYSTEMS
    assert number_of_cells(pocket) == (156, 17)  # 173 in all


def test_each_variant_adds_36_pairs_and_4_averages():
    whole = Experiment(POCKET, "pocket.yaml")
    variants = len(whole.systems) - len(SYSTEMS)
    assert number_of_cells(whole) == (156 + 36 * variants, 17 + 4 * variants)


def test_bm25_has_the_pairs_of_one_language(pocket):
    expected = [pair for pair in pocket.pairs if len(set(pair.split("-"))) == 1 and "xx" not in pair]
    assert pocket.pairs_of("bm25") == expected
    assert [f"{own}-{own}" for own in pocket.monolingual()] == expected


def test_systems_of_each_table(pocket):
    trained = ["cosine", "untrained", "zero-shot", "ml-cs"]
    with_bm25 = ["bm25", *trained]
    assert [pocket.systems_in(group) for group in GROUPS] == [with_bm25, trained, trained, with_bm25]


def test_recipes_and_references(pocket):
    assert list(pocket.recipes()) == ["en-en", "ml-cs.clwe.p0.50"]
    assert pocket.data_of("untrained") == pocket.data_of("zero-shot") == "en-en"
    assert pocket.references_of("ml-cs") == ["zero-shot", "cosine"]
    assert (pocket.ranker_of("untrained"), pocket.kind("untrained")) == ("kernel-untrained", "kernel")


@pytest.mark.parametrize(
    ("ratio", "name"),
    [(0.5, "p0.50"), (0.25, "p0.25"), (1, "p1.00"), (1.0, "p1.00"), (0, "p0.00"), (0.125, "p0.125")],
)
def test_names_of_switched_data(ratio, name):
    assert data_name({"data": "ml-cs", "lexicon": "clwe", "ratio": ratio}) == f"ml-cs.clwe.{name}"


def test_name_of_plain_data():
    assert data_name({"data": "en-en"}) == "en-en"


def test_different_ratios_never_share_a_name():
    ratios = [0.3, 0.30000001, 0.1 + 0.2, 1 / 3, 0.33, 1e-9, 0]
    names = {data_name({"data": "ml-cs", "lexicon": "clwe", "ratio": ratio}) for ratio in ratios}
    assert len(names) == len(ratios)


def changed_digests(config, change):
    """The systems whose digest another config has not in common."""
    before = Experiment(deepcopy(config), "f")
    change(config)
    after = Experiment(config, "f")
    return {system for system in before.systems if before.digest(system) != after.digest(system)}


ALL = set(SYSTEMS)
TRAINED = {"untrained", "zero-shot", "ml-cs"}


@pytest.mark.parametrize(
    ("change", "systems"),
    [
        (lambda c: c["systems"]["ml-cs"]["training"].update(ratio=0.25), {"ml-cs"}),
        (lambda c: c["lexicons"]["clwe"].update(neighbours=5), {"ml-cs"}),
        (lambda c: c["rankers"]["kernel"].update(steps=10), {"zero-shot", "ml-cs"}),
        (lambda c: c["training"].update(rounds=1), TRAINED),
        (lambda c: c["training"].update(seed=2), TRAINED),
        (lambda c: c["split"].update(seed=2), ALL),
        (lambda c: c["candidates"].update(depth=5), ALL),
        (lambda c: c.update(limit=100), ALL),
        (lambda c: c.update(mirror="elsewhere"), set()),
        (lambda c: c["systems"]["ml-cs"].update(description="other words", versus=[]), set()),
        (lambda c: c["pairs"]["clir"].pop(), set()),
    ],
)
def test_a_digest_changes_with_what_its_figures_hang_on(config, change, systems):
    assert changed_digests(config, change) == systems


def test_the_order_of_keys_changes_no_digest(config):
    def turn(c):
        for key, value in list(c.items()):
            c[key] = dict(reversed(value.items())) if isinstance(value, dict) else value

    assert changed_digests(config, turn) == set()


def test_digests_are_told_apart(pocket):
    digests = {pocket.digest(system) for system in pocket.systems}
    assert len(digests) == 5 and all(len(digest) == 16 for digest in digests)


def training(system, **values):
    return lambda c: c["systems"][system].update(values)


MISTAKES = {
    "shares": (lambda c: c["split"].update(test=0.4), "split: train, dev and test add up to 1.1, expected 1"),
    "no pair": (lambda c: c["pairs"]["clir"].append("de"), "pairs.clir: pair 'de': found 1 parts"),
    "unknown language in a pair": (lambda c: c["pairs"]["clir"].append("en-xx"), "unknown language 'xx'"),
    "language not read": (
        lambda c: c["languages"].remove("vi"),
        "pairs.unseen: de-vi: vi not among languages",
    ),
    "mixed side": (
        lambda c: (c["languages"].remove("hi"), c["pairs"].update(unseen=["en-xx14"])),
        "pairs.unseen: en-xx14: hi not among languages",
    ),
    "pair twice": (lambda c: c["pairs"]["unseen"].append("en-de"), "pairs.unseen: en-de: found twice"),
    "switching": (lambda c: c["training"].update(languages=["de", "pl"]), "training.languages: pl not among"),
    "unknown ranker": (
        training("ml-cs", ranker="kernal"),
        "systems.ml-cs.ranker: found 'kernal', expected one of",
    ),
    "unknown reference": (training("ml-cs", versus=["zero"]), "systems.ml-cs.versus: found 'zero'"),
    "itself as reference": (training("ml-cs", versus=["ml-cs"]), "versus: ml-cs: it is the system itself"),
    "reference without cells": (training("ml-cs", versus=["bm25"]), "versus: bm25: it has no cell for ar-it"),
    "training of cosine": (
        training("cosine", training={"data": "en-en"}),
        "training: found one, expected none",
    ),
    "no training": (lambda c: c["systems"]["ml-cs"].pop("training"), "training: found none, expected one"),
    "unknown lexicon": (
        lambda c: c["systems"]["ml-cs"]["training"].update(lexicon="titles"),
        "systems.ml-cs.training.lexicon: found 'titles', expected one of clwe",
    ),
    "unknown ranker of a system referred to": (
        training("zero-shot", ranker="kernal"),
        "systems.zero-shot.ranker",
    ),
}


@pytest.mark.parametrize(
    "mistake",
    MISTAKES,
)
def test_a_mistake_is_told_in_one_line(config, mistake):
    change, told = MISTAKES[mistake]
    change(config)
    with pytest.raises(UserError) as error:
        Experiment(config, "my.yaml")
    assert told in str(error.value)
    assert str(error.value).startswith("my.yaml: ") and "\n" not in str(error.value)
