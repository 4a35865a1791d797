"""What analyses, claims and the report are made of, as far as an experiment has it."""

from functools import cache

import configs

from switchrank.experiment.endings import MAIN, REFERENCE
from switchrank.experiment.paths import Paths
from switchrank.experiment.plan import Plan, report_config, report_files


@cache
def plan(*only):
    config = configs.pocket() | {"headline": None}
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


def test_figures_of_training_data_are_of_every_seed():
    for of_seeds in (plan().training_of(["ml-cs"])["ml-cs"], plan().training_stats()["ml-cs.clwe.p0.50"]):
        assert list(of_seeds) == [1, 2, 3]
        assert all(path.endswith(f"/seed{seed}/stats.json") for seed, path in of_seeds.items())
    assert sorted(plan().training_stats()["en-en"]) == [0, 1, 2, 3]


def test_lexicons_of_variants_go_into_every_training_language():
    lexicons = plan().lexicons_of(plan().variants.values())
    assert list(lexicons) == ["clwe", "titles", "clwe-shuffled", "clwe-nn"]
    assert all(list(stats) == ["ar", "de", "it", "nl", "ru"] for stats in lexicons.values())


def test_claims_need_both_main_systems():
    assert plan().complete
    assert plan(REFERENCE, MAIN).complete
    assert not plan(REFERENCE, "wiki-cs").complete
    assert not plan(REFERENCE, "wiki-cs").variants
    assert not plan(MAIN).complete


@cache
def headed():
    """The plan of an experiment about the fast ranker, which has a control of its own."""
    config = configs.pocket() | {"headline": "fast"}
    systems = config["systems"]
    for system, name in (("ml-cs-shuffled", "ml-cs-shuffled-fast"), ("bl-cs", "bl-cs-fast")):
        systems[name] = systems[system] | {"ranker": "kernel-fast", "pairs": ["moir", "clir", "mlir"]}
    return Plan(Paths(configs.checked(config)))


def test_claims_about_training_texts_are_judged_on_the_variants_and_on_the_headlines():
    assert plan().judged_on_training() == plan().variants
    judged = headed().judged_on_training()
    assert list(judged) == [*plan().variants, "ml-cs-fast", "ml-cs-shuffled-fast"]
    assert judged["ml-cs-shuffled-fast"] == judged["ml-cs-shuffled"]
    assert list(headed().training_of(judged)["ml-cs-fast"]) == [1, 2, 3]
    lexicons = headed().lexicons_of(judged.values())
    assert lexicons == plan().lexicons_of(plan().variants.values())


def test_the_fall_is_measured_on_the_source_language_and_across():
    across = plan().experiment.groups["clir"]
    for made, ending in ((plan(), ""), (headed(), "-fast")):
        measures = made.fall_measures()
        assert set(measures["reference"]) == {"en-en", *across}
        assert set(measures["treatment"]) == {*across}
        assert measures["reference"]["en-en"] == made.paths.measures(f"zero-shot{ending}", "en-en")
        assert measures["treatment"]["en-de"] == made.paths.measures(f"ml-cs{ending}", "en-de")


def test_there_is_no_fall_without_all_of_the_pairs():
    assert plan("ml-cs").fall_measures() == {}
    two = configs.pocket() | {"headline": None, "only": [REFERENCE, MAIN]}
    for pairs in ({"moir": ["en-en"]}, {"moir": ["de-de"], "clir": ["en-de"]}):
        assert Plan(Paths(configs.checked(two | {"pairs": pairs}))).fall_measures() == {}
    two["systems"][MAIN]["pairs"] = ["en-de", "en-it"]
    assert Plan(Paths(configs.checked(two))).fall_measures() == {}


def test_overlap_is_of_single_languages_and_of_systems_that_read_the_texts():
    runs, experiment = plan().overlap_runs(), plan().experiment
    assert not {"bm25", "zero-shot-tt", "ml-cs-tt", "ml-cs-masked", "untrained-masked"} & runs.keys()
    assert list(runs["ml-cs"]) == [1, 2, 3]
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


NEED_MAIN_SYSTEMS = {"claims", "examples", "ratio", "lexicon_table", "fall"}


@cache
def files(*only):
    return report_files(plan(*only))


def without_files(named):
    return {name for name, path in named.items() if path is None}


def test_the_whole_experiment_has_every_file():
    assert not without_files(files())
    assert files()["claims"] == "results/pocket/claims.json"


def test_there_is_none_of_what_an_experiment_lacks():
    assert without_files(files("zero-shot", "bl-cs")) == NEED_MAIN_SYSTEMS | {"choices"}
    assert without_files(files("bm25")) == NEED_MAIN_SYSTEMS | {
        "choices",
        "overlap",
        "truncated",
        "bias",
        "same_language",
    }
    assert files("bm25")["lexicons"] == files("bm25")["vectors"] == files("bm25")["logs"] == {}


def test_lexicons_are_reported_in_the_directions_in_which_they_are_used():
    lexicons = files("ml-cs", "ml-cs-tt")["lexicons"]
    assert len(lexicons["clwe"]) == 5 + 13
    assert lexicons["clwe"]["en-de"].endswith("/en-de.stats.json")
    assert lexicons["clwe"]["fr-en"].endswith("/fr-en.stats.json")
    assert list(files("ml-cs-tt")["translated"]) == ["clwe"]
    assert len(files("ml-cs-tt")["translated"]["clwe"]) == 13


def test_masked_passages_are_reported_by_pair():
    masked = files()["masked"]
    assert len(masked) == 6 + 9
    assert masked["en-de"].endswith("/de/stats.json")
    config = configs.pocket() | {"only": ["zero-shot-masked"], "pairs": {"mlir": ["en-xx6"]}}
    config["systems"]["zero-shot-masked"]["pairs"] = ["mlir"]
    mixed = report_files(Plan(Paths(configs.checked(config))))["masked"]
    assert list(mixed) == [f"en-xx6, {language}" for language in config["mixed"]["xx6"]]


def test_alignments_are_reported_where_a_lexicon_comes_from_word_vectors():
    assert list(files("ml-cs-shuffled")["vectors"]) == ["ar", "de", "it", "nl", "ru"]
    assert len(files("zero-shot-tt")["vectors"]) == 13
    assert files("wiki-cs")["vectors"] == {}


def test_systems_with_the_same_models_share_learning_curves():
    logs = files()["logs"]
    assert list(logs["zero-shot, zero-shot-tt, zero-shot-masked"]) == ["seed 1", "seed 2", "seed 3"]
    assert "ml-cs, ml-cs-tt, ml-cs-masked" in logs and "bm25" not in ", ".join(logs)
    assert len(logs["bl-cs"]) == 4 * 3
    assert all(path.endswith("/log.csv") for path in logs["bl-cs"].values())


def test_the_config_tells_pairs_and_data_of_each_system():
    config = report_config(plan())
    systems = config["systems"]
    assert (config["treatment"], config["reference"]) == ("ml-cs", "zero-shot")
    assert (config["headline"], config["as_named"]) == (None, None)
    assert config["folder"] == "results/pocket"
    assert config["doses"] == []
    assert systems["ml-cs"]["data"] == "ml-cs.clwe.p0.50"
    assert systems["bl-cs"]["data_by_pair"]["en-de"] == "bl-cs.clwe.p0.50.en-de"
    assert "data" not in systems["bm25"] and "en-de" in systems["bm25"]["impossible"]


def test_the_config_tells_what_the_headline_is_about_and_what_the_variants_are_of():
    config = report_config(headed())
    assert (config["headline"], config["as_named"]) == ("fast", "kernel")
    assert (config["treatment"], config["reference"]) == ("ml-cs-fast", "zero-shot-fast")
    assert (config["main"], config["main_reference"]) == ("ml-cs", "zero-shot")
    assert config["other_rankers"][0] == {"treatment": "ml-cs", "reference": "zero-shot"}


def test_the_config_names_no_main_system_that_is_not_there():
    config = report_config(plan("bm25"))
    assert config["treatment"] is None and config["reference"] is None


def test_choices_are_those_of_systems_whose_ranker_is_chosen():
    choices = files()["choices"]
    assert list(choices) == ["zero-shot-chosen", "ml-cs-chosen", "zero-shot-chosen-all", "ml-cs-chosen-all"]
    assert list(choices["ml-cs-chosen"]) == ["ml-cs.clwe.p0.50"]


def test_limits_are_those_of_all_that_a_ranker_is_chosen_from():
    config = configs.pocket() | {"only": ["zero-shot-chosen"]}
    config["rankers"]["kernel-fast"]["max_tokens"] = 32
    limits = Plan(Paths(configs.checked(config))).token_limits()
    assert limits == {"kernel": 64, "kernel-fast": 32}
