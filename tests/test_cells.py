"""Cells of pairs and of averages over pairs."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from switchrank.cells import PairResults, average_cell, pair_cell, seed_average
from switchrank.errors import UserError

QUERIES = [f"q{number:03}" for number in range(60)]
REACHABLE = np.array([0.0, *(1 / rank for rank in range(1, 11))])


def ranks(seed):
    values = np.random.default_rng(seed).choice(REACHABLE, len(QUERIES))
    return pd.Series(values, index=pd.Index(QUERIES, name="query_id"))


def results(seed, shared=(), references=True):
    return PairResults(
        per_seed={"1": ranks(seed), "2": ranks(seed + 1)},
        references={"zero-shot": ranks(seed + 2)} if references else {},
        shared_names=set(shared),
        ceiling=0.9,
    )


def test_a_pairs_cell_says_what_was_measured():
    made = results(10, shared=["q000", "q001", "unknown"])
    cell = pair_cell("ml-cs", "ar-it", "clir", made, {"code": "abc"})
    mean = (made.per_seed["1"] + made.per_seed["2"]) / 2
    assert list(cell) == [
        "system",
        "query_language",
        "document_language",
        "setting",
        "group",
        "metric",
        "mean",
        "per_seed",
        "interval",
        "queries",
        "ceiling",
        "distinct",
        "versus",
        "provenance",
    ]
    assert (cell["query_language"], cell["document_language"], cell["setting"]) == ("ar", "it", "clir")
    assert cell["mean"] == pytest.approx(mean.mean())
    assert cell["per_seed"] == pytest.approx({seed: one.mean() for seed, one in made.per_seed.items()})
    assert cell["interval"][0] < cell["mean"] < cell["interval"][1]
    assert cell["queries"] == 60
    assert cell["distinct"] == {"queries": 58, "mean": pytest.approx(mean.iloc[2:].mean())}
    versus = cell["versus"]["zero-shot"]
    reference = made.references["zero-shot"]
    assert versus["difference"] == pytest.approx(mean.mean() - reference.mean())
    assert versus["interval"][0] < versus["difference"] < versus["interval"][1]
    assert versus["p"] == pytest.approx(stats.ttest_rel(mean, reference).pvalue)
    assert cell["provenance"] == {"code": "abc"}


def test_cells_are_plain_json():
    for cell in (
        pair_cell("ml-cs", "en-en", "moir", results(1), {}),
        average_cell("ml-cs", "moir", {"en-en": results(1), "de-de": results(5)}, {}),
    ):
        assert json.loads(json.dumps(cell, allow_nan=False)) == cell


def test_the_order_of_queries_seeds_and_pairs_does_not_matter():
    made = results(3, shared=["q004"])
    turned = PairResults(
        per_seed={seed: made.per_seed[seed].iloc[::-1] for seed in ("2", "1")},
        references={name: values.sample(frac=1, random_state=0) for name, values in made.references.items()},
        shared_names=made.shared_names,
        ceiling=made.ceiling,
    )
    first, again = (pair_cell("a", "en-de", "clir", one, {}) for one in (made, turned))
    assert json.dumps(first) == json.dumps(again)
    other = results(8)
    first = average_cell("a", "clir", {"en-de": made, "de-nl": other}, {})
    again = average_cell("a", "clir", {"de-nl": other, "en-de": turned}, {})
    assert json.dumps(first) == json.dumps(again)


def test_an_average_is_the_mean_of_its_pairs():
    made = {"en-de": results(20, shared=["q001"]), "de-nl": results(30, shared=["q001", "q002", "q003"])}
    cells = [pair_cell("ml-cs", pair, "clir", one, {}) for pair, one in made.items()]
    average = average_cell("ml-cs", "clir", made, {"code": "abc"})
    assert average["pairs"] == 2
    assert average["setting"] == average["group"] == "clir"
    assert "query_language" not in average
    assert average["mean"] == pytest.approx(np.mean([cell["mean"] for cell in cells]))
    for seed in ("1", "2"):
        assert average["per_seed"][seed] == pytest.approx(np.mean([cell["per_seed"][seed] for cell in cells]))
    assert average["distinct"]["mean"] == pytest.approx(np.mean([cell["distinct"]["mean"] for cell in cells]))
    assert average["distinct"]["queries"] == 58.0
    assert average["versus"]["zero-shot"]["difference"] == pytest.approx(
        np.mean([cell["versus"]["zero-shot"]["difference"] for cell in cells])
    )
    assert average["queries"] == 60
    assert average["ceiling"] == pytest.approx(0.9)


def test_an_average_resamples_queries_jointly_over_its_pairs():
    alone = average_cell("a", "clir", {"en-de": results(1)}, {})
    twice = average_cell("a", "clir", {"en-de": results(1), "en-it": results(1)}, {})
    # The same values on a second pair bring no new queries: the interval must not shrink.
    assert twice["interval"] == pytest.approx(alone["interval"])
    assert twice["versus"]["zero-shot"]["p"] == pytest.approx(alone["versus"]["zero-shot"]["p"])


def test_an_average_over_several_settings_is_mixed():
    made = {"en-pt": results(1), "fr-fr": results(2), "en-xx14": results(3)}
    assert average_cell("a", "unseen", made, {})["setting"] == "mixed"


def test_the_reference_itself_has_nothing_to_compare_with():
    assert pair_cell("zero-shot", "en-en", "moir", results(1, references=False), {})["versus"] == {}


def test_a_pair_in_which_every_name_is_shared_has_no_distinct_mean():
    made = {"en-de": results(1, shared=QUERIES), "en-it": results(2)}
    assert pair_cell("a", "en-de", "clir", made["en-de"], {})["distinct"] == {"queries": 0, "mean": None}
    assert average_cell("a", "clir", made, {})["distinct"]["mean"] is None


def test_an_unknown_pair_is_a_users_mistake():
    with pytest.raises(UserError, match="en-vt"):
        pair_cell("a", "en-vt", "clir", results(1), {})


def test_what_differs_in_its_queries_is_not_compared():
    with pytest.raises(ValueError, match="queries differ"):
        seed_average({"1": ranks(1), "2": ranks(2).iloc[1:]})
    short = PairResults({"1": ranks(1)}, {"zero-shot": ranks(2).iloc[1:]}, set(), 1.0)
    with pytest.raises(ValueError, match="queries differ"):
        pair_cell("a", "en-en", "moir", short, {})
    with pytest.raises(ValueError, match="seeds or references differ"):
        average_cell("a", "moir", {"en-en": results(1), "de-de": results(2, references=False)}, {})


@pytest.mark.parametrize("resamples", [100, 300])
def test_the_number_of_resamples_is_the_callers(resamples):
    one = pair_cell("a", "en-en", "moir", results(1), {}, resamples=resamples)
    assert one["interval"] != pair_cell("a", "en-en", "moir", results(1), {})["interval"]
