"""Which jobs' time and memory count for which systems and stages."""

import configs
import pytest

from switchrank.experiment.benchmarks import Benchmarks
from switchrank.experiment.paths import Paths
from switchrank.experiment.shards import SINGLE, Shard


@pytest.fixture(scope="module")
def benchmarks():
    experiment = configs.checked(configs.pocket())
    by_pair = ("fine-tune", "bl-cs")
    whole = [system for system in experiment.systems if system not in by_pair]
    shards = {"": Shard(SINGLE, by_pair, (SINGLE,))}
    shards |= {
        f"_{system}": Shard("whole", (system,), tuple(experiment.pairs_of(system))) for system in whole
    }
    return Benchmarks(Paths(experiment), shards)


def names(paths, rule):
    """What follows the rule's name in its benchmarks."""
    return [path.split(f"/benchmarks/{rule}/")[1] for path in paths if f"/benchmarks/{rule}/" in path]


def test_ranking_by_pair_has_a_benchmark_for_each_pair_and_seed(benchmarks):
    assert benchmarks.of_system("bl-cs")["ranking"] == [
        f"results/pocket/benchmarks/rank/bl-cs/seed{seed}/{pair}.tsv"
        for seed in (1, 2)
        for pair in ("de-de", "en-de", "ar-it", "en-xx6")
    ]


def test_ranking_of_all_pairs_has_one_for_each_seed(benchmarks):
    assert benchmarks.of_system("ml-cs")["ranking"] == [
        f"results/pocket/benchmarks/rank/ml-cs/seed{seed}/whole.tsv" for seed in (1, 2)
    ]


def test_a_system_that_is_not_trained_costs_its_ranking_alone(benchmarks):
    jobs = benchmarks.of_system("bm25")
    assert {part for part, value in jobs.items() if value} == {"pairs", "seeds", "ranking"}
    assert (jobs["pairs"], jobs["seeds"], len(jobs["ranking"])) == (12, 1, 1)


def test_models_are_those_of_one_seed_and_training_is_of_all(benchmarks):
    jobs = benchmarks.of_system("bl-cs")
    assert (jobs["pairs"], jobs["seeds"], len(jobs["models"]), len(jobs["training"])) == (4, 2, 4, 8)
    assert all("/seed1/" in path for path in jobs["models"])


def test_a_lexicon_costs_what_it_is_made_from(benchmarks):
    shuffled, induced = (benchmarks.of_system(name)["lexicons"] for name in ("ml-cs-shuffled", "ml-cs"))
    assert set(shuffled) > set(induced)
    assert names(induced, "vectors") == [
        f"{language}.tsv" for language in ("ar", "de", "en", "it", "nl", "ru")
    ]
    assert names(induced, "alignment") == [f"{language}.tsv" for language in ("ar", "de", "it", "nl", "ru")]
    assert not names(benchmarks.of_system("wiki-cs")["lexicons"], "vectors")


def test_switched_text_is_encoded_and_the_collection_s_own_is_there(benchmarks):
    assert len(names(benchmarks.of_system("ml-cs")["data"], "encode")) == 1
    assert names(benchmarks.of_system("zero-shot")["data"], "encode") == []


def test_translation_is_of_every_other_language(benchmarks):
    translation = benchmarks.of_system("zero-shot-tt")["translation"]
    assert len(names(translation, "translate")) == len(names(translation, "encode")) == 13
    assert benchmarks.of_system("zero-shot")["translation"] == []


def test_what_systems_share_counts_once_for_a_stage(benchmarks):
    stages = benchmarks.of_stages()
    assert list(stages) == [
        "collection", "lexicons", "data", "training", "translation", "ranking", "measures and cells",
    ]  # fmt: skip
    assert all(len(paths) == len(set(paths)) for paths in stages.values())
    assert set(stages["training"]) > set(benchmarks.of_system("ml-cs")["training"])
    assert len(names(stages["collection"], "encode")) == 14
    assert names(stages["measures and cells"], "cells").count("bl-cs/en-de.tsv") == 1


def test_a_chosen_ranker_costs_what_it_is_chosen_from_and_the_choice(benchmarks):
    jobs = {name: benchmarks.of_system(name) for name in ("ml-cs", "ml-cs-fast", "ml-cs-chosen")}
    chosen = jobs["ml-cs-chosen"]["training"]
    assert set(chosen) > {*jobs["ml-cs"]["training"], *jobs["ml-cs-fast"]["training"]}
    assert (len(names(chosen, "train")), len(names(chosen, "choose"))) == (4, 1)
    assert len(jobs["ml-cs-chosen"]["models"]) == 1
    assert names(jobs["ml-cs"]["training"], "choose") == []
