"""Mistakes in a config that a schema cannot see, and the shipped configs, which have none."""

from pathlib import Path

import configs
import pytest

from switchrank.errors import UserError
from switchrank.experiment import Experiment
from switchrank.experiment_checks import check
from switchrank.settings import validate

SCHEMA = Path(configs.__file__).parents[1] / "workflow" / "schemas" / "config.schema.yaml"


@pytest.mark.parametrize("config", [configs.pocket(), configs.full()])
def test_shipped_configs_are_without_mistakes(config):
    validate(config, SCHEMA, "config.yaml")
    check(Experiment(config), "config.yaml")


def entry(system, **values):
    return lambda c: c["systems"][system].update(values)


def training(system, **values):
    return lambda c: c["systems"][system]["training"].update(values)


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
    "switching into English": (lambda c: c["training"].update(languages=["en"]), "found en, expected other"),
    "unknown ranker": (entry("ml-cs", ranker="kernal"), "systems.ml-cs.ranker: found 'kernal', expected one"),
    "unknown reference": (entry("ml-cs", versus=["zero"]), "systems.ml-cs.versus: found 'zero'"),
    "itself as reference": (entry("ml-cs", versus=["ml-cs"]), "versus: ml-cs: it is the system itself"),
    "reference on no common pair": (
        lambda c: (entry("bl-cs", pairs=["en-de"])(c), entry("bm25", versus=["bl-cs"])(c)),
        "systems.bm25.versus: bl-cs: found no pair that both have",
    ),
    "training of cosine": (entry("cosine", training={"data": "en-en"}), "training: found one, expected none"),
    "translation of cosine": (entry("cosine", translate="clwe"), "translate: found one, expected none"),
    "pairs of cosine": (entry("cosine", pairs=["moir"]), "pairs: found one, expected none"),
    "no training": (lambda c: c["systems"]["ml-cs"].pop("training"), "training: found none, expected one"),
    "unknown lexicon": (
        training("ml-cs", lexicon="wiktionary"),
        "systems.ml-cs.training.lexicon: found 'wiktionary', expected one of clwe",
    ),
    "unknown lexicon to translate with": (
        entry("ml-cs-tt", translate="wiktionary"),
        "systems.ml-cs-tt.translate: found 'wiktionary', expected one of clwe",
    ),
    "shuffle of a shuffle": (
        lambda c: c["lexicons"]["clwe-shuffled"].update(of="clwe-shuffled"),
        "lexicons.clwe-shuffled.of: found 'clwe-shuffled', expected one of clwe, clwe-nn, titles",
    ),
    "unknown pairs of a system": (
        entry("bl-cs", pairs=["en-zh"]),
        "systems.bl-cs.pairs: found 'en-zh', expected a group or a pair of pairs: moir, clir",
    ),
    "only pairs that cannot exist": (
        entry("bl-cs", pairs=["en-en"]),
        "systems.bl-cs: found no pair that it can be measured on",
    ),
    "epochs without need": (training("ml-cs", epochs=2), "epochs: found 2 without mode: dynamic"),
    "no epochs": (training("ml-cs", mode="dynamic"), "epochs: found none with mode: dynamic"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_one_line(mistake):
    change, told = MISTAKES[mistake]
    config = configs.pocket()
    change(config)
    with pytest.raises(UserError) as error:
        check(Experiment(config), "my.yaml")
    assert told in str(error.value)
    assert str(error.value).startswith("my.yaml: ") and "\n" not in str(error.value)
