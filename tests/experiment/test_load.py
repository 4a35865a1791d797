"""A config made complete: defaults, short forms, what overlays take away."""

import configs
import pytest
import yaml

from switchrank.errors import UserError
from switchrank.experiment.load import load, merged, resolve

SMALL = {
    "collection": "pocket",
    "systems": {
        "zero-shot": {"ranker": "kernel", "training": {"data": "source"}},
        "ml-cs": {
            "ranker": "kernel",
            "training": {"data": "ml-cs", "lexicon": "titles", "ratio": 0.5},
            "versus": ["zero-shot"],
        },
    },
    "lexicons": {"titles": {"kind": "titles"}},
    "languages": ["en", "de", "it"],
}


def small(**changes):
    return configs.checked(SMALL | changes)


def test_what_has_a_default_may_be_left_out():
    experiment = small()
    assert (experiment.name, experiment.metrics[0], experiment.source.name) == ("pocket", "MRR@10", "en")
    assert experiment.groups["moir"] == ["en-en", "de-de", "it-it"]
    assert len(experiment.groups["clir"]) == 6
    assert experiment.config["training"] == {"rounds": 8, "languages": ["de", "it"]}
    assert experiment.config["rankers"]["kernel"]["steps"] == 200
    assert experiment.config["collection"] == {
        "kind": "pocket", "limit": None, "train": 0.6, "dev": 0.1, "test": 0.3, "seed": 1,
    }  # fmt: skip
    every = configs.checked(
        {key: SMALL[key] for key in ("collection", "systems", "lexicons")} | {"only": ["zero-shot"]}
    )
    assert len(every.languages) == 14


def test_a_number_of_seeds_stands_for_as_many():
    assert small(seeds=3).seeds_of("ml-cs") == [1, 2, 3]
    assert small(seeds=[7, 2]).seeds_of("ml-cs") == [7, 2]


def test_a_list_of_ratios_makes_a_system_of_each():
    entry = SMALL["systems"]["ml-cs"]
    ratios = entry | {"training": entry["training"] | {"ratio": [0.25, 0.5]}}
    other = entry | {"versus": ["ml-cs", "zero-shot"]}
    experiment = small(systems=SMALL["systems"] | {"ml-cs": ratios, "other": other})
    assert experiment.systems == ["zero-shot", "ml-cs-p0.25", "ml-cs-p0.50", "other"]
    assert experiment.data_of("ml-cs-p0.25", "en-de") == "ml-cs.titles.p0.25"
    assert experiment.references_of("other") == ["ml-cs-p0.25", "ml-cs-p0.50", "zero-shot"]
    assert small(systems={**experiment.config["systems"]}, only=["other"]).references_of("other") == []


def test_a_system_of_a_ratio_that_exists_already_is_refused():
    entry = SMALL["systems"]["ml-cs"]
    ratios = entry | {"training": entry["training"] | {"ratio": [0.25]}}
    with pytest.raises(UserError, match=r"systems.ml-cs.training.ratio: makes ml-cs-p0.25, which exists"):
        small(systems={"ml-cs-p0.25": entry, "ml-cs": ratios})


def test_one_language_has_one_pair():
    experiment = small(only=["zero-shot"], languages=["de"], source_language="de", training={"rounds": 1})
    assert experiment.groups == {"moir": ["de-de"]}


def test_what_is_null_is_gone_and_nothing_compares_with_it():
    experiment = small(systems=SMALL["systems"] | {"zero-shot": None})
    assert experiment.systems == ["ml-cs"]
    assert experiment.references_of("ml-cs") == []
    assert list(small(pairs={"moir": ["de-de"], "clir": None}).groups) == ["moir"]


def test_only_keeps_what_it_names():
    experiment = small(only=["ml-cs"])
    assert experiment.systems == ["ml-cs"]
    assert experiment.references_of("ml-cs") == []


FAST = {f"{name}-fast": entry | {"versus": []} for name, entry in SMALL["systems"].items()}


def test_a_headline_goes_with_its_systems_and_with_null():
    whole = {"systems": SMALL["systems"] | FAST, "headline": "fast"}
    assert small(**whole).config["headline"] == "fast"
    assert small(**whole, only=list(FAST)).config["headline"] == "fast"
    gone = (
        whole | {"only": ["zero-shot", "ml-cs", "ml-cs-fast"]},
        whole | {"systems": whole["systems"] | {"zero-shot-fast": None}},
        whole | {"headline": None},
    )
    for changes in gone:
        assert "headline" not in small(**changes).config


def test_all_pairs_for_one_system_are_two_lines():
    whole = configs.pocket() | {"only": ["ml-cs"]}
    whole["pairs"]["others"] = "all"
    experiment = configs.checked(whole)
    single = [name for name, pair in experiment.pairs.items() if pair.setting != "mlir"]
    assert (experiment.systems, len(single)) == (["ml-cs"], 196)


def test_a_config_is_left_as_it_was():
    config = configs.pocket()
    resolve(config, "config.yaml")
    assert config == configs.pocket()


def test_files_are_laid_over_each_other(tmp_path):
    below, above = tmp_path / "below.yaml", tmp_path / "above.yaml"
    below.write_text("seeds: [1, 2]\nsystems:\n  a: {ranker: cosine}\n  b: {ranker: cosine}\n")
    above.write_text("seeds: [3]\nsystems:\n  a: null\n  b: {description: other}\n")
    assert merged([below, above]) == {
        "seeds": [3],
        "systems": {"a": None, "b": {"ranker": "cosine", "description": "other"}},
    }


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(yaml.safe_dump(SMALL, sort_keys=False))
    return str(path)


def test_the_command_line_is_read_as_yaml(file):
    assert load([file], ["seeds=[4, 5]"]).seeds_of("ml-cs") == [4, 5]
    assert load([file], ["seeds=3"]).seeds_of("ml-cs") == [1, 2, 3]
    assert load([file], ["seeds=[1]", "seeds=[2]"]).seeds_of("ml-cs") == [2]
    assert load([file], ["metrics=[MRR@10]", "only=[ml-cs]"]).metrics == ["MRR@10"]
    assert load([file], ["only=[ml-cs]"]).systems == ["ml-cs"]
    assert load([file], ["name='007'"]).name == "007"
    nested = load([file], ["systems={ml-cs: {training: {ratio: 0.25, stop_words: false}}, zero-shot: null}"])
    assert nested.systems == ["ml-cs"]
    assert nested.entry("ml-cs")["training"] == SMALL["systems"]["ml-cs"]["training"] | {
        "ratio": 0.25, "stop_words": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("seeds=[1", "--config seeds: did not find expected ',' or ']'"),
        ("systems={ml-cs: {ranker: kernel}, ml-cs: null}", "the key 'ml-cs' is given twice"),
        ("metrics=@MRR", "--config metrics: found character that cannot start any token"),
        ("seeds", "--config seeds: found no value, expected key=value"),
        ("seeds=", "my.yaml + --config seeds: seeds: null is not a whole number"),
        ("seeds=[one]", "my.yaml + --config seeds: seeds[0]: 'one' is not a whole number"),
        ("sedes=3", "my.yaml + --config sedes: sedes: unknown key; did you mean seeds?"),
        ("name=a\nb: c", "--config name: "),
        ("a\nb=1", "--config a b: a"),
        (
            "systems={ml-cs: {ranker: kernel, description: '" + "long " * 300 + "', rankr: 1}}",
            "my.yaml + --config systems: systems.ml-cs.rankr: ",
        ),
    ],
)
def test_a_mistake_on_the_command_line_is_told_in_one_line(file, given, told):
    with pytest.raises(UserError) as error:
        load([file], [given])
    assert (
        told in str(error.value)
        and "\n" not in str(error.value)
        and len(str(error.value)) < 600 + len(str(file))
    )


def test_kinds_that_a_ranker_is_chosen_from_need_not_be_among_the_rankers():
    short, choice = {"kind": "kernel", "steps": 10}, {"choose": ["short", "kernel"], "dev": "all"}
    systems = {"zero-shot": SMALL["systems"]["zero-shot"] | {"ranker": "chosen"}}
    rankers = small(systems=systems, rankers={"short": short, "chosen": choice}).config["rankers"]
    assert (rankers["kernel"]["steps"], rankers["short"]["steps"]) == (200, 10)
    assert rankers["chosen"] == {"kind": "kernel", **choice}
