"""Which languages a ranking favours in a pool that mixes them."""

import numpy as np
import pandas as pd
import pytest

from switchrank.analyses.bias import language_bias, same_language, shares

QUERIES = [f"q{number:02}" for number in range(40)]
LANGUAGES = pd.Series({f"{own}{place:02}": own for own in ("ar", "de") for place in range(20)})
RELEVANT = pd.DataFrame({"query_id": QUERIES, "passage_id": "ar00"})


def run(favour, seed=1):
    """All passages for every query, at random, German ones so much better."""
    rows = [(query, passage) for query in QUERIES for passage in LANGUAGES.index]
    frame = pd.DataFrame(rows, columns=["query_id", "passage_id"])
    noise = np.random.default_rng(seed).normal(size=len(frame))
    return frame.assign(score=noise + favour * (frame["passage_id"].map(LANGUAGES) == "de"))


def ratios(favour):
    return shares(language_bias(run(favour), LANGUAGES, RELEVANT)).set_index("language")


def test_without_preference_languages_are_among_the_best_as_often_as_among_all():
    found = ratios(0)
    assert (found["ratio_low"] < 1).all() and (found["ratio_high"] > 1).all()
    assert found["passages_share"].tolist() == pytest.approx([19 / 39, 20 / 39])  # relevant ones left out
    assert found["top10_share"].sum() == found["top1_share"].sum() == pytest.approx(1)


def test_a_preference_is_seen():
    found = ratios(1.5)
    assert found.loc["de", "ratio_low"] > 1.5 > 1 > found.loc["ar", "ratio_high"]


def test_relevant_passages_are_no_bias_however_many_a_query_has():
    top = run(0)
    best = top["passage_id"].isin(["ar00", "ar01"])
    top.loc[best, "score"] = 100
    several = pd.concat([RELEVANT, RELEVANT.assign(passage_id="ar01")])
    counts = language_bias(top, LANGUAGES, several)
    assert counts.groupby("language")["candidates"].first().to_dict() == {"ar": 18, "de": 20}
    assert shares(counts).set_index("language").loc["ar", "ratio_low"] < 1


def test_the_querys_own_language():
    of_query = pd.Series("de", QUERIES)
    found = same_language(language_bias(run(1.5), LANGUAGES, RELEVANT), of_query)
    assert found["passages_share"] == pytest.approx(20 / 39)
    assert found["ratio_low"] > 1.5
    none = same_language(language_bias(run(0), LANGUAGES, RELEVANT), pd.Series("it", QUERIES))
    assert np.isnan(list(none.values())).all()


def test_the_order_of_the_rows_does_not_matter():
    one = run(0.5)
    other = one.sample(frac=1, random_state=1)
    found = [shares(language_bias(each, LANGUAGES, RELEVANT)) for each in (one, other)]
    pd.testing.assert_frame_equal(*found)
