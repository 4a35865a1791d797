"""Which languages a ranking favours in a pool that mixes them."""

import numpy as np
import pandas as pd
import pytest

from switchrank.analyses.bias import by_language, language_bias, measure_bias, same_language, shares
from switchrank.files import write_parquet
from switchrank.languages import Pair, Side

QUERIES = [f"q{number:02}" for number in range(40)]
LANGUAGES = pd.Series({f"{language}{place:02}": language for language in ("ar", "de") for place in range(20)})
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
    bias = ratios(0)
    assert (bias["ratio_low"] < 1).all() and (bias["ratio_high"] > 1).all()
    assert bias["passages_share"].tolist() == pytest.approx([19 / 39, 20 / 39])  # relevant ones left out
    assert bias["top10_share"].sum() == bias["top1_share"].sum() == pytest.approx(1)


def test_a_preference_is_seen():
    bias = ratios(1.5)
    assert bias.loc["de", "ratio_low"] > 1.5 > 1 > bias.loc["ar", "ratio_high"]


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
    bias = same_language(language_bias(run(1.5), LANGUAGES, RELEVANT), of_query)
    assert bias["passages_share"] == pytest.approx(20 / 39)
    assert bias["ratio_low"] > 1.5
    none = same_language(language_bias(run(0), LANGUAGES, RELEVANT), pd.Series("it", QUERIES))
    assert np.isnan(list(none.values())).all()


def test_the_order_of_the_rows_does_not_matter():
    ranked = run(0.5)
    shuffled = ranked.sample(frac=1, random_state=1)
    bias = [shares(language_bias(each, LANGUAGES, RELEVANT)) for each in (ranked, shuffled)]
    pd.testing.assert_frame_equal(*bias)


def test_a_query_counts_once_in_every_language_of_its_relevant_passages():
    relevant = [("a", "de00"), ("a", "de01"), ("a", "ar00"), ("b", "de02"), ("b", "it00"), ("c", "ar01")]
    relevant = pd.DataFrame(relevant, columns=["query_id", "passage_id"])
    means = by_language(pd.Series({"a": 1.0, "b": 0.5}), relevant, LANGUAGES)
    assert means.to_dict("index") == {"ar": {"mean": 1.0, "queries": 1}, "de": {"mean": 0.75, "queries": 2}}


def test_every_system_on_every_pair_of_a_collection_that_is_not_parallel(corpus, tmp_path):
    pair = Pair(Side("en", ("en",)), Side("both", ("en", "de")))
    languages = corpus.side_languages("passage", pair.document)
    ids = [(query, passage) for query in corpus.ids("query", "test") for passage in languages.index]
    ranked = pd.DataFrame(ids, columns=["query_id", "passage_id"])
    relevant = ranked["query_id"].str[1:] == ranked["passage_id"].str[1:]
    best = relevant & ranked["passage_id"].str.startswith("x")
    runs = {}
    for seed, first in (("1", best), ("2", relevant & ~best)):
        score = np.where(first, 3, np.where(relevant, 2, 0)) + 0.01 * np.arange(len(ranked))
        write_parquet(tmp_path / seed, ranked.assign(score=score))
        runs[seed] = {"en-both": tmp_path / seed}
    bias, same = measure_bias({"ml-cs": runs}, {"en-both": pair}, corpus, "precision@1")
    assert list(bias.columns[:3]) == ["system", "pair", "language"]
    german, english = bias.to_dict("records")
    assert (german["language"], german["mean"], german["queries"]) == ("de", 1, 4)
    drawn = [language for passage, language in languages.items() if passage in ("p4", "p5", "p6", "p7")]
    assert english["queries"] == drawn.count("en")
    counts = languages.value_counts()
    relevant_english = drawn.count("en") / 4  # of the two relevant passages of a query
    assert english["passages_share"] == pytest.approx((counts["en"] - relevant_english) / 10)
    assert same.loc[0, "passages_share"] == english["passages_share"]
