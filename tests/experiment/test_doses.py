"""Which systems of an experiment show what a setting of the ranker does."""

import configs

from switchrank.experiment.doses import doses

SOURCE = {"data": "source"}
SWITCHED = {"data": "ml-cs", "lexicon": "clwe", "ratio": 0.5}
SHUFFLED = SWITCHED | {"lexicon": "clwe-shuffled"}
PLACES = {"zero-shot": SOURCE, "ml-cs": SWITCHED}


def system(ranker, training, **more):
    return {"description": "any", "ranker": ranker, "training": training, "versus": [], **more}


def with_rates(*rates):
    """Rankers that learn the projection at other rates, and both main systems with each."""
    rankers = {f"kernel-{rate}": {"kind": "kernel", "projection_learning_rate": rate} for rate in rates}
    trained = {
        f"{name}-{rate}": system(f"kernel-{rate}", training)
        for rate in rates
        for name, training in PLACES.items()
    }
    return rankers, trained


def found(systems, rankers, only=("untrained", "zero-shot", "ml-cs", "zero-shot-fast", "ml-cs-fast")):
    config = configs.pocket()
    config["rankers"] |= rankers
    config["systems"] = {name: config["systems"][name] | {"versus": []} for name in only} | systems
    return doses(configs.checked(config), "zero-shot", "ml-cs")


def test_two_values_are_no_curve():
    assert doses(configs.checked(configs.pocket()), "zero-shot", "ml-cs") == []
    assert found({}, {}) == []


def test_three_values_with_both_trainings_are_one():
    rankers, systems = with_rates(0)
    (shown,) = found(systems, rankers)
    assert (shown.setting, shown.default) == ("projection_learning_rate", 0.001)
    assert shown.meaning == "peak learning rate of the projection"
    assert shown.lines == {
        "zero-shot": {0: "zero-shot-0", 0.001: "zero-shot", 0.01: "zero-shot-fast"},
        "ml-cs": {0: "ml-cs-0", 0.001: "ml-cs", 0.01: "ml-cs-fast"},
    }
    assert [list(line) for line in shown.lines.values()] == [[0, 0.001, 0.01]] * 2
    assert (shown.untrained, shown.controls) == ("untrained", {})


def test_three_values_with_one_training_are_none():
    rankers, systems = with_rates(0)
    del systems["ml-cs-0"]
    assert found(systems, rankers) == []


def test_both_main_systems_must_be_there_and_rank_the_texts_as_they_are():
    rankers, systems = with_rates(0, 0.1, 0.2)
    assert found(systems, rankers, only=["ml-cs"]) == []
    assert found(systems, rankers, only=["zero-shot"]) == []
    changed = {"zero-shot": system("kernel", SOURCE, translate="clwe")}
    assert found(systems | changed, rankers) == []


def test_a_ranker_that_differs_in_more_settings_is_on_no_line():
    rankers, systems = with_rates(0)
    rankers["both"] = {"kind": "kernel", "projection_learning_rate": 0.5, "dimension": 32}
    systems |= {"more": system("both", SOURCE), "more-cs": system("both", SWITCHED)}
    (shown,) = found(systems, rankers)
    assert all(0.5 not in line for line in shown.lines.values())
    assert shown.controls == {}  # there is nothing at this value to compare them with


def test_systems_that_rank_other_texts_are_left_out():
    rankers, systems = with_rates(0)
    systems["translated"] = system("kernel-fast", SHUFFLED, translate="clwe")
    systems["first"] = system("kernel-0", SOURCE, translate="clwe")
    (shown,) = found({"first": systems.pop("first"), **systems}, rankers)
    assert shown.lines["zero-shot"][0] == "zero-shot-0"
    assert shown.controls == {}


def test_of_systems_that_are_alike_the_main_one_or_else_the_first_is_shown():
    rankers, systems = with_rates(0)
    rankers["again"] = {"kind": "kernel"}
    systems |= {"twin": system("again", SOURCE), "late": system("kernel-0", SWITCHED)}
    (shown,) = found(systems, rankers)
    assert shown.lines["zero-shot"][0.001] == "zero-shot"
    assert shown.lines["ml-cs"][0] == "ml-cs-0"
    assert shown.controls == {}


def test_other_data_are_controls_where_they_were_tried_beside_the_default():
    rankers, systems = with_rates(0)
    systems |= {
        "shuffled": system("kernel", SHUFFLED),
        "shuffled-fast": system("kernel-fast", SHUFFLED),
        "half": system("kernel", SWITCHED | {"ratio": 0.25}),  # the ratio's own section has this one
    }
    (shown,) = found(systems, rankers)
    assert shown.controls == {"shuffled": 0.001, "shuffled-fast": 0.01}


def test_one_more_setting_makes_a_control():
    rankers, systems = with_rates(0)
    rankers["early"] = {"kind": "kernel", "projection_learning_rate": 0.01, "steps": 25}
    systems |= {
        "early": system("early", SOURCE),
        "early-cs": system("early", SWITCHED),
        "early-shuffled": system("early", SHUFFLED),  # two things changed at once
    }
    (shown,) = found(systems, rankers)
    assert shown.controls == {"early": 0.01, "early-cs": 0.01}


def test_an_untrained_ranker_is_no_value_of_its_steps():
    rankers = {f"steps-{steps}": {"kind": "kernel", "steps": steps} for steps in (50, 100)}
    systems = {
        f"{name}-{ranker}": system(ranker, training)
        for ranker in rankers
        for name, training in PLACES.items()
    }
    (shown,) = found(systems, rankers)
    assert list(shown.lines["zero-shot"]) == [50, 100, 200]
    assert shown.untrained == "untrained"
    assert shown.controls == {"zero-shot-fast": 200, "ml-cs-fast": 200}


def test_each_setting_with_enough_values_is_shown():
    rates, steps = (
        with_rates(0),
        {f"steps-{steps}": {"kind": "kernel", "steps": steps} for steps in (50, 100)},
    )
    stopped = {f"{n}-{ranker}": system(ranker, data) for ranker in steps for n, data in PLACES.items()}
    assert [shown.setting for shown in found(rates[1] | stopped, rates[0] | steps)] == [
        "steps",
        "projection_learning_rate",
    ]
