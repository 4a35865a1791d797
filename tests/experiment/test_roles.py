"""Which systems stand for the paper's two."""

import configs
import pytest

from switchrank.experiment.endings import MAIN, REFERENCE
from switchrank.experiment.roles import Roles, endings

TWO = [REFERENCE, MAIN]
FAST = [f"{system}-fast" for system in TWO]
CHOSEN = [f"{system}-chosen" for system in TWO]


def experiment(*only, named=None, headline=None):
    """Systems of pocket.yaml, the fast control among them; `named` are the endings to judge with again."""
    config = configs.pocket() | {"headline": headline, "only": [*TWO, *FAST, *only]}
    del config["judged_again"]
    systems = config["systems"]
    systems["ml-cs-shuffled-fast"] = systems["ml-cs-shuffled"] | {"ranker": "kernel-fast", "versus": []}
    return configs.checked(config if named is None else config | {"judged_again": named})


def test_endings_are_those_that_both_systems_have():
    assert endings(experiment()) == ["fast"]
    assert endings(experiment(*CHOSEN)) == ["fast", "chosen"]
    assert endings(experiment("zero-shot-chosen", "ml-cs-shuffled")) == ["fast"]


def test_systems_that_rank_other_texts_have_no_ending():
    assert endings(experiment("zero-shot-tt", "ml-cs-tt", "zero-shot-masked", "ml-cs-masked")) == ["fast"]


def test_every_system_that_has_one_is_stood_for():
    assert Roles(experiment()).substitutes("fast") == dict(zip(TWO, FAST, strict=True))
    more = Roles(experiment("ml-cs-shuffled", "ml-cs-shuffled-fast", "cosine"))
    assert more.substitutes("fast") == {
        REFERENCE: "zero-shot-fast", MAIN: "ml-cs-fast", "ml-cs-shuffled": "ml-cs-shuffled-fast",
    }  # fmt: skip


def test_without_a_headline_the_paper_s_two_are_the_treatment_and_the_reference():
    roles = Roles(experiment(*CHOSEN))
    assert (roles.treatment, roles.reference, roles.as_named) == (MAIN, REFERENCE, None)
    assert list(roles.judged_again()) == ["fast", "chosen"]
    assert roles.other_rankers() == [
        {"treatment": f"ml-cs-{ending}", "reference": f"zero-shot-{ending}"} for ending in ("fast", "chosen")
    ]


@pytest.mark.parametrize(
    ("named", "expected"),
    [([], []), (["slow"], []), (["slow", "chosen"], ["chosen"]), (None, ["fast", "chosen"])],
)
def test_the_config_may_name_the_endings_that_count(named, expected):
    assert list(Roles(experiment(*CHOSEN, named=named)).judged_again()) == expected


@pytest.mark.parametrize("named", [["fast", "chosen"], ["chosen"], None])
def test_with_a_headline_the_systems_as_named_are_one_of_the_others_and_the_first(named):
    roles = Roles(experiment(*CHOSEN, headline="fast", named=named))
    assert (roles.treatment, roles.reference, roles.as_named) == ("ml-cs-fast", "zero-shot-fast", "kernel")
    again = roles.judged_again()
    assert list(again) == ["kernel", "chosen"]
    assert again["kernel"] is None and again["chosen"] == dict(zip(TWO, CHOSEN, strict=True))
    assert roles.other_rankers()[0] == {"treatment": MAIN, "reference": REFERENCE}


def test_what_is_not_there_has_no_role():
    roles = Roles(configs.checked(configs.pocket() | {"only": ["bm25"]}))
    assert (roles.treatment, roles.reference, roles.judged_again()) == (None, None, {})
