"""What the shipped configs ask for, counted exactly."""

from collections import Counter
from copy import deepcopy

import configs
import pytest

from switchrank.errors import UserError

GROUPS = ["moir", "clir", "mlir", "unseen"]
FEW = ["bm25", "cosine", "untrained", "zero-shot", "bl-cs", "ml-cs", "ml-cs-tt", "ml-cs-shuffled"]
# System → number of pairs, and of averages.
WHOLE = (36, 4)
CELLS = {
    "bm25": (12, 1),
    "cosine": WHOLE,
    "untrained": WHOLE,
    "zero-shot": WHOLE,
    "fine-tune": (5, 0),
    "bl-cs": (4, 0),
    "ml-cs": WHOLE,
    "wiki-cs": WHOLE,
    "zero-shot-tt": WHOLE,
    "ml-cs-tt": WHOLE,
    "zero-shot-masked": (15, 2),
    "ml-cs-masked": (15, 2),
    "untrained-masked": (15, 2),
    "ml-cs-shuffled": WHOLE,
    "ml-cs-p1.00": WHOLE,
    "ml-cs-nn": WHOLE,
    "zero-shot-fast": WHOLE,
    "ml-cs-fast": WHOLE,
    "zero-shot-chosen": WHOLE,
    "ml-cs-chosen": WHOLE,
    "zero-shot-chosen-all": WHOLE,
    "ml-cs-chosen-all": WHOLE,
}
# The projection's learning rates beside those of pocket.yaml.
PROJECTIONS = ["lr0", "lr0.0003", "lr0.003", "lr0.03", "fast-early"]
FULL_CELLS = CELLS | {
    "fine-tune": (18, 3),  # 6 MoIR, 9 CLIR, 3 MLIR over six languages
    "bl-cs": (17, 2),  # the same without en-en, and so without the average of MoIR
    "ml-cs-p0.25": WHOLE,
    "ml-cs-p0.75": WHOLE,
    "ml-cs-many": WHOLE,
    "ml-cs-coverage": WHOLE,
    "ml-cs-dynamic": WHOLE,
    "ml-cs-no-stop-words": WHOLE,
    "ml-cs-fast-shuffled": WHOLE,
    "ml-cs-fast-dropout": WHOLE,
    "whole-texts": WHOLE,
    "whole-texts-fast": WHOLE,
    **{f"{system}-{name}": WHOLE for name in PROJECTIONS for system in ("zero-shot", "ml-cs")},
    "ml-cs-freedict": WHOLE,
    "ml-cs-fast-freedict": WHOLE,
}


@pytest.fixture
def config():
    """config/pocket.yaml with some of its systems."""
    whole = configs.pocket()
    return deepcopy({**whole, "only": FEW})


@pytest.fixture
def pocket(config):
    return configs.checked(config)


def test_pairs_are_the_papers_thirty_six():
    experiment = configs.checked(configs.pocket())
    assert Counter(experiment.group_of.values()) == {"moir": 6, "clir": 9, "mlir": 3, "unseen": 18}
    unseen = Counter(experiment.pairs[pair].setting for pair in experiment.groups["unseen"])
    assert unseen == {"clir": 9, "moir": 6, "mlir": 3}


@pytest.mark.parametrize(
    ("config", "cells", "total"), [(configs.pocket(), CELLS, 713), (configs.full(), FULL_CELLS, 1624)]
)
def test_every_system_has_exactly_its_cells(config, cells, total):
    experiment = configs.checked(config)
    found = {
        system: (len(experiment.pairs_of(system)), len(experiment.groups_with(system)))
        for system in experiment.systems
    }
    assert found == cells
    names = [(system, name) for system in experiment.systems for name in experiment.cell_names(system)]
    assert len(names) == len(set(names)) == total


def test_full_has_three_seeds_and_all_of_the_default():
    default, full = configs.checked(configs.pocket()), configs.checked(configs.full())
    assert full.name != default.name
    assert full.seeds_of("ml-cs") == [1, 2, 3]
    assert set(default.systems) < set(full.systems)
    assert all(set(default.cell_names(s)) <= set(full.cell_names(s)) for s in default.systems)


def test_what_cannot_exist_is_reported_from_what_was_not_asked_for():
    default, full = configs.checked(configs.pocket()), configs.checked(configs.full())
    assert default.impossible("bl-cs") == full.impossible("bl-cs") == ["en-en"]
    assert len(default.impossible("bm25")) == 36 - 12
    assert default.impossible("fine-tune") == default.impossible("ml-cs") == []
    assert "en-en" not in full.pairs_of("bl-cs") and "it-it" not in default.pairs_of("bl-cs")


def test_bm25_has_the_pairs_of_one_language(pocket):
    expected = [name for name, pair in pocket.pairs.items() if pair.setting == "moir"]
    assert pocket.pairs_of("bm25") == expected


def test_systems_of_each_table(pocket):
    others = [system for system in FEW if system not in ("bm25", "bl-cs")]
    with_bl_cs = [system for system in FEW if system != "bm25"]
    found = [pocket.systems_in(group) for group in GROUPS]
    assert found == [FEW, with_bl_cs, with_bl_cs, ["bm25", *others]]


def test_a_group_of_all_pairs_holds_those_of_no_other_group(config):
    config["pairs"]["others"] = "all"
    experiment = configs.checked(config)
    single = [pair for pair in experiment.pairs if experiment.pairs[pair].setting != "mlir"]
    assert len(single) == len(set(single)) == 14**2
    assert len(experiment.groups["others"]) == 196 - 30


def test_data_models_and_references(pocket):
    assert set(pocket.recipes) == {
        "en-en",
        "ml-cs.clwe.p0.50",
        "ml-cs.clwe-shuffled.p0.50",
        *(f"bl-cs.clwe.p0.50.{pair}" for pair in pocket.pairs_of("bl-cs")),
    }
    assert pocket.all_data_of("untrained") == pocket.all_data_of("zero-shot") == ["en-en"]
    assert pocket.all_data_of("cosine") == []
    assert pocket.references_of("ml-cs") == ["zero-shot", "cosine"]
    assert (pocket.reference_of("ml-cs"), pocket.reference_of("zero-shot")) == ("zero-shot", None)
    assert pocket.entry("untrained")["ranker"] == "kernel-untrained"
    assert pocket.ranker("untrained") is pocket.ranker("ml-cs")
    by_pair = [pocket.has_models_by_pair(system) for system in ("bl-cs", "ml-cs", "bm25")]
    assert by_pair == [True, False, False]


def test_data_are_drawn_with_the_seeds_of_the_systems_that_are_trained_on_them(pocket):
    assert pocket.draws.keys() == pocket.recipes.keys()
    assert pocket.draws["ml-cs.clwe.p0.50"] == [1, 2, 3]
    assert sorted(pocket.draws["en-en"]) == [0, 1, 2, 3]  # no seed changes the untrained ranker


def test_fine_tune_on_english_is_the_model_of_zero_shot():
    experiment = configs.checked(configs.full())
    assert experiment.data_of("fine-tune", "en-en") == experiment.data_of("zero-shot", "en-en") == "en-en"
    assert len(experiment.all_data_of("fine-tune")) == 18


def test_a_translate_test_ranks_with_the_model_of_its_counterpart(pocket):
    assert pocket.all_data_of("ml-cs-tt") == pocket.all_data_of("ml-cs")
    assert (pocket.translation_of("ml-cs-tt"), pocket.translation_of("ml-cs")) == ("clwe", None)


def test_a_masked_system_ranks_other_texts_with_the_model_of_its_counterpart():
    experiment = configs.checked(configs.pocket())
    assert experiment.all_data_of("ml-cs-masked") == experiment.all_data_of("ml-cs")
    masked = [system for system in experiment.systems if experiment.is_masked(system)]
    assert masked == ["zero-shot-masked", "ml-cs-masked", "untrained-masked"]
    others = [system for system in experiment.systems if experiment.ranks_other_texts(system)]
    assert others == ["zero-shot-tt", "ml-cs-tt", *masked]


def test_seeds(pocket):
    seeds = {system: pocket.seeds_of(system) for system in FEW}
    untrained = {"bm25", "cosine", "untrained"}
    assert all(own == ([0] if system in untrained else [1, 2, 3]) for system, own in seeds.items())


@pytest.mark.parametrize(("given", "own"), [([3], [3]), (2, [1, 2]), (4, [1, 2, 3, 4])])
def test_a_system_may_have_seeds_of_its_own(config, given, own):
    config["systems"]["ml-cs"]["seeds"] = given
    experiment = configs.checked(config)
    assert experiment.seeds_of("ml-cs") == own
    assert experiment.seeds_of("zero-shot") == [1, 2, 3]
    assert experiment.draws["ml-cs.clwe.p0.50"] == list(dict.fromkeys([*own, 1, 2, 3]))  # ml-cs-tt's, too


def test_what_is_not_trained_has_no_seeds_of_its_own(config):
    config["systems"]["cosine"]["seeds"] = 2
    with pytest.raises(UserError, match=r"systems\.cosine\.seeds: found some, expected none"):
        configs.checked(config)


def test_full_chooses_among_six_learning_rates_of_the_projection():
    experiment = configs.checked(configs.full())
    entries = experiment.config["rankers"]
    for name in ("kernel-chosen", "kernel-chosen-all"):
        among = [entries[ranker] for ranker in experiment.chosen_from(name)]
        rates = [entry["projection_learning_rate"] for entry in among]
        assert rates == [0, 0.0003, 0.001, 0.003, 0.01, 0.03]
        others = [entry | {"projection_learning_rate": None} for entry in among]
        assert all(other == others[0] for other in others)
    assert [entries[name]["dev"] for name in ("kernel-chosen", "kernel-chosen-all")] == ["source", "all"]
    assert experiment.chosen_from("kernel-fast") == ["kernel-fast"]


def test_a_chosen_ranker_is_of_the_kind_that_it_is_chosen_from():
    experiment = configs.checked(configs.pocket())
    assert experiment.ranker("ml-cs-chosen") is experiment.ranker("ml-cs")
    assert experiment.is_choice("kernel-chosen") and not experiment.is_choice("kernel")
