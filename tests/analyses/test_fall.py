"""What is lost across languages, and given back."""

import numpy as np
import pandas as pd
import pytest

from switchrank.analyses.fall import fall

QUERIES = pd.Index([f"q{number:02}" for number in range(60)], name="query_id")
ACROSS = ["en-de", "ar-it"]


def measured(levels, seeds=(1, 2), queries=QUERIES):
    """Pair → values; what makes a query hard is the same for all pairs and systems."""
    hard = np.random.default_rng(1).normal(0, 0.1, len(queries))[:, None]
    return {
        pair: pd.DataFrame(
            level + hard + np.random.default_rng(place).normal(0, 0.02, (len(queries), len(seeds))),
            queries,
            list(seeds),
        )
        for place, (pair, level) in enumerate(levels.items())
    }


REFERENCE = measured({"en-en": 0.8, "en-de": 0.5, "ar-it": 0.3})
TREATMENT = measured({"en-de": 0.55, "ar-it": 0.45})


def test_the_fall_is_from_the_source_language_to_the_average_across():
    found = fall(REFERENCE, TREATMENT, "en-en", ACROSS)
    means = {pair: frame.to_numpy().mean() for pair, frame in REFERENCE.items()}
    lost = means["en-en"] - (means["en-de"] + means["ar-it"]) / 2
    assert found["difference"] == pytest.approx(lost)
    assert found["interval"][0] < lost < found["interval"][1]
    assert found["share"] == pytest.approx(0.1 / 0.4, abs=0.03)
    assert found["share_interval"][0] < found["share"] < found["share_interval"][1]


def test_what_is_lost_in_addition_is_a_negative_share():
    found = fall(REFERENCE, measured({"en-de": 0.4, "ar-it": 0.2}), "en-en", ACROSS)
    assert found["share"] == pytest.approx(-0.1 / 0.4, abs=0.03)


@pytest.mark.parametrize("level", [0.4, 0.2])
def test_there_is_no_share_of_a_fall_that_is_none(level):
    found = fall({**REFERENCE, **measured({"en-en": level})}, TREATMENT, "en-en", ACROSS)
    assert (found["share"], found["share_interval"]) == (None, None)
    assert found["interval"][0] < 0


def test_a_share_is_over_the_seeds_that_both_have():
    some = measured({"en-de": 0.55, "ar-it": 0.45}, seeds=(2, 3))
    shared, both = (
        fall(REFERENCE, of, "en-en", ACROSS)
        for of in (some, {pair: frame[[2]] for pair, frame in some.items()})
    )
    assert shared == both and shared["share"] is not None
    other = fall(REFERENCE, measured({"en-de": 0.5, "ar-it": 0.5}, seeds=(7,)), "en-en", ACROSS)
    assert other["share"] is None and other["difference"] is not None


def test_pairs_with_queries_of_their_own_are_not_compared_query_by_query():
    others = measured({"en-en": 0.8}, queries=QUERIES + "x")
    found = fall({**REFERENCE, **others}, TREATMENT, "en-en", ACROSS)
    assert set(found.values()) == {None}
