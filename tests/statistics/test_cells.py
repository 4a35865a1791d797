"""Cells of pairs and of averages over pairs."""

import json

import numpy as np
import pandas as pd
import pytest

from switchrank.errors import UserError
from switchrank.statistics.cells import make

QUERIES = pd.Index([f"q{number:03}" for number in range(60)], name="query_id")
REACHABLE = np.array([0.0, *(1 / rank for rank in range(1, 11))])
GROUPS = {"clir": ["ar-it", "en-de"], "unseen": ["en-pt", "fr-fr", "en-xx14"]}
PROVENANCE = {"code": "abc", "rebuild": "snakemake cells/ml-cs"}
KEYS = [
    "metric", "mean", "per_seed", "interval", "standard_error", "queries", "ceiling", "distinct", "versus",
    "provenance",
]  # fmt: skip


def ranks(seed):
    drawn = np.random.default_rng(seed).choice(REACHABLE, (len(QUERIES), 2))
    return pd.DataFrame(drawn, QUERIES, [1, 2])


MEASURED = {"ar-it": ranks(1), "en-de": ranks(2)}
REFERENCE = {"ar-it": ranks(3), "en-de": ranks(4)}


def cells(measured=MEASURED, references=None, groups=GROUPS, shared=()):
    references = {"zero-shot": REFERENCE} if references is None else references
    shared_names = {pair: set(shared) for pair in measured}
    return make("ml-cs", measured, references, groups, shared_names, 0.9, PROVENANCE)


def test_a_pairs_cell_says_what_was_measured():
    cell = cells(shared=["q000", "q001", "unknown"])["ar-it"]
    mean = MEASURED["ar-it"].mean(axis=1)
    assert list(cell) == ["system", "query_language", "document_language", "setting", "group", *KEYS]
    assert (cell["query_language"], cell["document_language"], cell["setting"]) == ("ar", "it", "clir")
    assert cell["mean"] == pytest.approx(mean.mean())
    assert cell["per_seed"] == pytest.approx({"1": ranks(1)[1].mean(), "2": ranks(1)[2].mean()})
    assert cell["interval"][0] < cell["mean"] < cell["interval"][1]
    assert cell["queries"] == 60
    assert cell["distinct"] == {"queries": 58, "mean": pytest.approx(mean.iloc[2:].mean())}
    assert cell["versus"]["zero-shot"]["difference"] == pytest.approx(
        mean.mean() - REFERENCE["ar-it"].mean(axis=1).mean()
    )
    assert cell["provenance"] == {"code": "abc", "rebuild": "snakemake cells/ml-cs/ar-it.json"}


def test_a_cell_for_each_pair_and_each_group_of_which_all_pairs_are_there():
    assert list(cells()) == ["ar-it", "en-de", "clir"]
    assert list(cells({"en-de": ranks(1)})) == ["en-de"]


def test_cells_are_plain_json():
    for cell in cells().values():
        assert json.loads(json.dumps(cell, allow_nan=False)) == cell


def test_the_order_of_pairs_and_references_does_not_matter():
    references = {"zero-shot": REFERENCE, "cosine": MEASURED}
    turned = {name: dict(reversed(own.items())) for name, own in reversed(references.items())}
    first, again = cells(references=references), cells(dict(reversed(MEASURED.items())), turned)
    assert {name: json.dumps(cell) for name, cell in first.items()} == {
        name: json.dumps(cell) for name, cell in again.items()
    }


def test_an_average_is_the_mean_of_its_pairs():
    found = cells(shared=["q001"])
    average, pairs = found["clir"], [found["ar-it"], found["en-de"]]
    assert list(average) == ["system", "setting", "group", "pairs", *KEYS]
    assert (average["pairs"], average["setting"], average["group"]) == (2, "clir", "clir")
    assert average["mean"] == pytest.approx(np.mean([cell["mean"] for cell in pairs]))
    for seed in ("1", "2"):
        assert average["per_seed"][seed] == pytest.approx(np.mean([cell["per_seed"][seed] for cell in pairs]))
    assert average["distinct"]["mean"] == pytest.approx(np.mean([cell["distinct"]["mean"] for cell in pairs]))
    assert average["distinct"]["queries"] == 59
    assert average["versus"]["zero-shot"]["difference"] == pytest.approx(
        np.mean([cell["versus"]["zero-shot"]["difference"] for cell in pairs])
    )
    assert (average["queries"], average["ceiling"]) == (60, 0.9)


def test_an_average_over_several_settings_is_mixed():
    found = cells({pair: ranks(5) for pair in GROUPS["unseen"]}, {})
    assert found["unseen"]["setting"] == "mixed"


def test_a_reference_counts_where_it_was_measured():
    found = cells(references={"bl-cs": {"en-de": ranks(9)}})
    assert {name: list(cell["versus"]) for name, cell in found.items()} == {
        "ar-it": [], "en-de": ["bl-cs"], "clir": [],
    }  # fmt: skip


def test_a_pair_in_which_every_name_is_shared_has_no_distinct_mean():
    found = cells(shared=QUERIES)
    assert found["en-de"]["distinct"] == {"queries": 0, "mean": None}
    assert found["clir"]["distinct"]["mean"] is None


def test_an_unknown_pair_is_a_users_mistake():
    with pytest.raises(UserError, match="en-vt"):
        cells({"en-vt": ranks(1)}, {}, {"clir": ["en-vt", "en-de"]})


def test_a_query_that_a_seed_lacks_is_refused():
    lacking = ranks(1)
    lacking.iloc[3, 1] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        cells({"en-de": lacking}, {})
