"""Families of tests."""

import io

import numpy as np
import pandas as pd
import pytest
from small_cells import versus

from switchrank.errors import UserError
from switchrank.statistics.family import AVERAGE, COLUMNS, comparison, family, family_csv

ROWS = [
    ("ml-cs", "zero-shot", "en-de", 9, versus(0.01)),
    ("ml-cs", "zero-shot", "en-it", 9, versus(0.04, seeds=0.002)),
    ("ml-cs", "zero-shot", AVERAGE, 9, versus(0.001)),
    ("bm25", "zero-shot", "en-de", 9, versus(0.03, effect=None)),
]


def test_all_tests_on_pairs_are_corrected_together_and_averages_are_no_part_of_it():
    tests = family(ROWS)
    assert list(tests.columns) == COLUMNS
    assert tests["family"].tolist() == [3, 3, 0, 3]
    pairs = tests["column"] != AVERAGE
    assert tests.loc[pairs, "p_t_bonferroni"].tolist() == pytest.approx([0.03, 0.12, 0.09])
    assert tests.loc[pairs, "p_t_holm"].tolist() == pytest.approx([0.03, 0.06, 0.06])
    assert tests.loc[pairs, "p_randomisation_bh"].tolist() == pytest.approx([0.015, 0.02, 0.02])
    assert tests.loc[~pairs, ["p_t_bonferroni", "p_randomisation_holm", "p_t_bh"]].isna().all(axis=None)
    assert tests.loc[~pairs, "p_t"].tolist() == [0.001]


def test_figures_are_points_of_the_metric():
    row = family(ROWS).iloc[1]
    expected = {"difference": 2, "interval_low": -1, "interval_high": 5, "se_queries": 1, "se_seeds": 0.2}
    assert {key: row[key] for key in expected} == pytest.approx(expected)


def test_no_test_at_all_is_an_empty_table():
    tests = family([])
    assert list(tests.columns) == COLUMNS and tests.empty
    assert family_csv(tests) == ",".join(COLUMNS) + "\n"


def test_blank_is_what_does_not_exist():
    read = pd.read_csv(io.StringIO(family_csv(family(ROWS))))
    assert np.isnan(read.loc[0, "se_seeds"]) and np.isnan(read.loc[3, "effect_size"])
    assert read["wins"].tolist() == [3] * 4


def test_any_two_systems_are_compared_on_what_both_have_and_on_averages():
    def values(seed):
        return pd.DataFrame(np.random.default_rng(seed).random((30, 2)), columns=[1, 2])

    pairs = ["en-de", "en-it", "de-de"]
    ours, theirs = ({pair: values(place + base) for place, pair in enumerate(pairs)} for base in (0, 10))
    del theirs["de-de"]
    tests = comparison("ml-cs", "bl-cs", ours, theirs, {"clir": ["en-de", "en-it"], "moir": ["de-de"]})
    assert tests["column"].tolist() == ["en-de", "en-it", "average of clir"]
    assert tests["family"].tolist() == [2, 2, 0]
    assert set(tests["system"]) == {"ml-cs"} and set(tests["reference"]) == {"bl-cs"}
    with pytest.raises(UserError, match="ml-cs and bl-cs: found no pair that both have"):
        comparison("ml-cs", "bl-cs", ours, {}, {})
