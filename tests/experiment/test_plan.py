"""What analyses and claims are made of, as far as an experiment has it."""

from functools import cache

import configs

from switchrank.experiment.paths import Paths
from switchrank.experiment.plan import MAIN, REFERENCE, Plan


@cache
def plan(*only):
    config = configs.pocket()
    return Plan(Paths(configs.checked(config | {"only": list(only)} if only else config)))


def test_variants_switch_every_text_with_the_main_ranker():
    expected = ["ml-cs", "wiki-cs", "ml-cs-shuffled", "ml-cs-p1.00", "ml-cs-nn"]
    assert list(plan().variants) == expected
    assert plan().variants["ml-cs-p1.00"].ratio == 1.0
    assert plan().variant_settings()["wiki-cs"] == {
        "lexicon": "titles",
        "ratio": 1.0,
        "mode": "static",
        "stop_words": True,
    }
    assert list(plan().variant_cells()) == [REFERENCE, *expected]
    assert list(plan().variant_training()) == expected


def test_lexicons_of_variants_go_into_every_training_language():
    lexicons = plan().variant_lexicons()
    assert list(lexicons) == ["clwe", "titles", "clwe-shuffled", "clwe-nn"]
    assert all(list(stats) == ["ar", "de", "it", "nl", "ru"] for stats in lexicons.values())


def test_claims_need_both_main_systems():
    assert plan().complete
    assert plan(REFERENCE, MAIN).complete
    assert not plan(REFERENCE, "wiki-cs").complete
    assert not plan(REFERENCE, "wiki-cs").variants
    assert not plan(MAIN).complete


def test_main_systems_with_another_ranker_come_in_twos():
    assert plan().rankers_of_main_systems() == {"fast": {REFERENCE: "zero-shot-fast", MAIN: "ml-cs-fast"}}
    assert plan(REFERENCE, MAIN, "zero-shot-fast").rankers_of_main_systems() == {}


def test_overlap_is_of_single_languages_and_of_systems_that_read_the_texts():
    runs, experiment = plan().overlap_runs(), plan().experiment
    assert not {"bm25", "zero-shot-tt", "ml-cs-tt"} & runs.keys()
    assert list(runs["ml-cs"]) == [1, 2]
    assert list(runs["ml-cs"][1]) == experiment.groups["moir"] + experiment.groups["clir"]
    assert list(runs["bl-cs"][1]) == ["de-de", "en-de", "ar-it"]
    assert sorted(plan().overlap_languages()) == ["ar", "de", "en", "it", "nl", "ru"]


def test_bias_is_of_mixed_passages():
    runs = plan().bias_runs()
    assert "bm25" not in runs
    assert list(runs["ml-cs"][2]) == ["en-xx6", "xx6-xx6", "en-xx14", "xx14-xx14"]
    assert list(runs["bl-cs"][2]) == ["en-xx6"]
    assert runs["bl-cs"][2]["en-xx6"] == plan().paths.run("bl-cs", 2, "en-xx6")


def test_examples_are_of_the_first_seed():
    paths = plan().paths
    expected = {pair: paths.run(MAIN, 1, pair) for pair in ("en-de", "ar-it", "xx6-xx6")}
    assert plan().example_runs(MAIN) == expected


def test_examples_are_of_the_last_pair_where_the_usual_ones_are_not_asked_for():
    config = configs.pocket() | {"only": [REFERENCE, MAIN], "pairs": {"moir": ["en-en", "de-de"]}}
    assert list(Plan(Paths(configs.checked(config))).example_runs(MAIN)) == ["de-de"]
