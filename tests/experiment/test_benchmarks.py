"""Which jobs' time and memory count for which systems and stages."""

import configs
import pytest

from switchrank.experiment.benchmarks import Benchmarks
from switchrank.experiment.paths import Paths, flat
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


def of_all(benchmarks, system):
    return benchmarks.of_system(system, list(benchmarks.experiment.pairs))


def names(paths, rule):
    """What follows the rule's name in its benchmarks."""
    return [path.split(f"/benchmarks/{rule}/")[1] for path in paths if f"/benchmarks/{rule}/" in path]


def test_ranking_by_pair_has_a_benchmark_for_each_pair_and_seed(benchmarks):
    assert of_all(benchmarks, "bl-cs")["ranking"] == {
        seed: [
            f"results/pocket/benchmarks/rank/bl-cs/seed{seed}/{pair}.tsv"
            for pair in ("de-de", "en-de", "ar-it", "en-xx6")
        ]
        for seed in (1, 2, 3)
    }


def test_ranking_of_all_pairs_has_one_for_each_seed(benchmarks):
    assert of_all(benchmarks, "ml-cs")["ranking"] == {
        seed: [f"results/pocket/benchmarks/rank/ml-cs/seed{seed}/whole.tsv"] for seed in (1, 2, 3)
    }


def test_a_system_that_is_not_trained_costs_its_ranking_alone(benchmarks):
    jobs = of_all(benchmarks, "bm25")
    assert [jobs.pop(key) for key in ("pairs", "of", "ranked", "by_pair")] == [12, 12, 12, False]
    assert (list(jobs["ranking"]), len(flat(jobs["ranking"]))) == ([0], 1)
    assert [part for part, paths in jobs.items() if flat(paths)] == ["ranking"]


def test_models_are_those_of_one_seed_and_data_and_training_are_of_each(benchmarks):
    jobs = of_all(benchmarks, "bl-cs")
    assert (jobs["pairs"], len(jobs["models"])) == (4, 4)
    assert all("/seed1/" in path for path in jobs["models"])
    for stage, rules in (("data", ("training_data", "encode")), ("training", ("train",))):
        assert list(jobs[stage]) == [1, 2, 3]
        for seed, paths in jobs[stage].items():
            assert [len(names(paths, rule)) for rule in rules] == [4] * len(rules)
            assert all(f"/seed{seed}" in path for path in paths)


def test_a_lexicon_costs_what_it_is_made_from(benchmarks):
    shuffled, induced = (of_all(benchmarks, name)["lexicons"] for name in ("ml-cs-shuffled", "ml-cs"))
    assert set(shuffled) > set(induced)
    assert names(induced, "vectors") == [
        f"{language}.tsv" for language in ("ar", "de", "en", "it", "nl", "ru")
    ]
    assert names(induced, "alignment") == [f"{language}.tsv" for language in ("ar", "de", "it", "nl", "ru")]
    assert not names(of_all(benchmarks, "wiki-cs")["lexicons"], "vectors")


def test_switched_text_is_encoded_and_the_collection_s_own_is_there(benchmarks):
    assert len(names(flat(of_all(benchmarks, "ml-cs")["data"]), "encode")) == 3  # one for each seed
    assert names(flat(of_all(benchmarks, "zero-shot")["data"]), "encode") == []


def test_translation_is_of_every_other_language(benchmarks):
    translation = of_all(benchmarks, "zero-shot-tt")["translation"]
    assert len(names(translation, "translate")) == len(names(translation, "encode")) == 13
    assert of_all(benchmarks, "zero-shot")["translation"] == []


def test_masking_is_of_every_pair(benchmarks):
    masking = of_all(benchmarks, "ml-cs-masked")["translation"]
    masked, encoded = (names(masking, rule) for rule in ("mask", "encode"))
    assert len(masked) == 15 and masked == encoded
    assert masking == of_all(benchmarks, "untrained-masked")["translation"]


def test_what_systems_share_counts_once_for_a_stage(benchmarks):
    stages = benchmarks.of_stages()
    assert list(stages) == [
        "collection", "lexicons", "data", "training", "translation", "ranking", "measures and cells",
    ]  # fmt: skip
    assert all(len(paths) == len(set(paths)) for paths in stages.values())
    assert set(stages["training"]) > set(flat(of_all(benchmarks, "ml-cs")["training"]))
    assert len(names(stages["collection"], "encode")) == 14
    cells = names(stages["measures and cells"], "cells")
    assert cells.count("bl-cs/en-de.tsv") == cells.count("ml-cs/averages.tsv") == 1
    assert "bl-cs/averages.tsv" not in cells


def test_for_some_pairs_only_their_languages_and_models_count(benchmarks):
    few = benchmarks.of_system("zero-shot-tt", ["en-de", "ar-it", "fr-fr"])
    assert (few["pairs"], few["of"], few["ranked"]) == (3, 3, 36)
    assert {path.rsplit("/", 1)[1] for path in names(few["translation"], "translate")} == {
        "de.tsv", "ar.tsv", "it.tsv", "fr.tsv",
    }  # fmt: skip
    assert few["training"] == of_all(benchmarks, "zero-shot-tt")["training"]
    some = benchmarks.of_system("bl-cs", ["en-de", "de-nl", "en-en"])  # the last of which cannot exist
    assert (some["pairs"], some["of"], len(some["models"])) == (1, 2, 1)
    assert "bl-cs" not in benchmarks.of_systems(["de-nl"])


def test_a_chosen_ranker_costs_what_it_is_chosen_from_and_the_choice(benchmarks):
    jobs = {name: of_all(benchmarks, name) for name in ("ml-cs", "ml-cs-fast", "ml-cs-chosen")}
    for seed, chosen in jobs["ml-cs-chosen"]["training"].items():
        assert set(chosen) > {*jobs["ml-cs"]["training"][seed], *jobs["ml-cs-fast"]["training"][seed]}
        assert (len(names(chosen, "train")), len(names(chosen, "choose"))) == (2, 1)
        assert names(jobs["ml-cs"]["training"][seed], "choose") == []
    assert len(jobs["ml-cs-chosen"]["models"]) == 1
