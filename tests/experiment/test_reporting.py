"""What the report of an experiment reads."""

from functools import cache

import configs

from switchrank.experiment.paths import Paths
from switchrank.experiment.plan import Plan
from switchrank.experiment.reporting import report_config, report_files

NEED_MAIN_SYSTEMS = {"claims", "examples", "ratio", "lexicon_table"}


@cache
def files(*only):
    return report_files(Plan(paths(*only)))


@cache
def paths(*only):
    config = configs.pocket()
    return Paths(configs.checked(config | {"only": list(only)} if only else config))


def without_files(named):
    return {name for name, path in named.items() if path is None}


def test_the_whole_experiment_has_every_file():
    assert not without_files(files())
    assert files()["claims"] == "results/pocket/claims.json"


def test_there_is_none_of_what_an_experiment_lacks():
    assert without_files(files("zero-shot", "bl-cs")) == NEED_MAIN_SYSTEMS
    assert without_files(files("bm25")) == NEED_MAIN_SYSTEMS | {"overlap", "bias", "same_language"}
    assert files("bm25")["lexicons"] == files("bm25")["vectors"] == files("bm25")["logs"] == {}


def test_lexicons_are_told_in_the_directions_in_which_they_are_used():
    lexicons = files("ml-cs", "ml-cs-tt")["lexicons"]
    assert len(lexicons["clwe"]) == 5 + 13
    assert lexicons["clwe"]["en-de"].endswith("/en-de.stats.json")
    assert lexicons["clwe"]["fr-en"].endswith("/fr-en.stats.json")
    assert list(files("ml-cs-tt")["translated"]) == ["clwe"]
    assert len(files("ml-cs-tt")["translated"]["clwe"]) == 13


def test_alignments_are_told_where_a_lexicon_comes_from_word_vectors():
    assert list(files("ml-cs-shuffled")["vectors"]) == ["ar", "de", "it", "nl", "ru"]
    assert len(files("zero-shot-tt")["vectors"]) == 13
    assert files("wiki-cs")["vectors"] == {}


def test_systems_with_the_same_models_share_learning_curves():
    logs = files()["logs"]
    assert list(logs["zero-shot, zero-shot-tt"]) == ["seed 1", "seed 2"]
    assert "ml-cs, ml-cs-tt" in logs and "bm25" not in ", ".join(logs)
    assert len(logs["bl-cs"]) == 4 * 2
    assert all(path.endswith("/log.csv") for path in logs["bl-cs"].values())


def test_the_config_tells_pairs_and_data_of_each_system():
    config = report_config(paths())
    systems = config["systems"]
    assert (config["treatment"], config["reference"]) == ("ml-cs", "zero-shot")
    assert config["folder"] == "results/pocket"
    assert systems["ml-cs"]["data"] == "ml-cs.clwe.p0.50"
    assert systems["bl-cs"]["data_by_pair"]["en-de"] == "bl-cs.clwe.p0.50.en-de"
    assert "data" not in systems["bm25"] and "en-de" in systems["bm25"]["impossible"]


def test_the_config_names_no_main_system_that_is_not_there():
    config = report_config(paths("bm25"))
    assert config["treatment"] is None and config["reference"] is None
