"""Digests: which settings change them, and which do not."""

from copy import deepcopy

import configs
import pytest

from switchrank.experiment.keys import Keys, digest

FEW = ["bm25", "cosine", "untrained", "zero-shot", "bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"]
ALL = set(FEW)
TRAINED = ALL - {"bm25", "cosine"}
SWITCHED = {"bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"}


@pytest.fixture
def config():
    return deepcopy({**configs.pocket(), "only": FEW})


def digests(config):
    keys = Keys(configs.checked(config))
    return {system: keys.config_digest(system) for system in FEW}


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
def test_a_digest_changes_with_what_its_figures_hang_on(config, change, systems):
    before = digests(config)
    change(config)
    after = digests(config)
    assert {system for system in FEW if before[system] != after[system]} == systems


def test_the_order_of_keys_changes_nothing(config):
    turned = {k: dict(reversed(v.items())) if isinstance(v, dict) else v for k, v in config.items()}
    assert digests(config) == digests(turned)
    assert digest({"a": 1, "b": [2]}) == digest({"b": [2], "a": 1}) != digest({"a": 1, "b": [3]})


def test_digests_are_told_apart(config):
    assert len(set(digests(config).values())) == len(FEW)
