"""Families of tests."""

import io

import numpy as np
import pandas as pd
import pytest
from small_cells import versus

from switchrank.errors import UserError
from switchrank.statistics.family import AVERAGE, AVERAGES, COLUMNS, comparison, family, family_csv

ROWS = [
    ("ml-cs, clir", "ml-cs", "zero-shot", "en-de", 9, versus(0.01)),
    ("ml-cs, clir", "ml-cs", "zero-shot", "en-it", 9, versus(0.04, seeds=0.002)),
    (AVERAGES, "ml-cs", "zero-shot", AVERAGE, 9, versus(0.001)),
    ("ml-cs, clir", "ml-cs", "zero-shot", "en-ru", 9, versus(0.03, effect=None)),
    (AVERAGES, "bm25", "zero-shot", AVERAGE, 9, versus(0.02)),
]


def test_each_family_is_corrected_by_itself_and_named_with_its_size():
    tests = family(ROWS)
    assert list(tests.columns) == COLUMNS
    assert tests["family"].tolist() == [row[0] for row in ROWS]
    assert tests["family_size"].tolist() == [3, 3, 2, 3, 2]
    assert tests["p"].tolist() == [0.01, 0.04, 0.001, 0.03, 0.02]
    assert tests["p_bonferroni"].tolist() == pytest.approx([0.03, 0.12, 0.002, 0.09, 0.04])
    assert tests["p_holm"].tolist() == pytest.approx([0.03, 0.06, 0.002, 0.06, 0.02])
    assert tests["p_bh"].tolist() == pytest.approx([0.03, 0.04, 0.002, 0.04, 0.02])


@pytest.mark.parametrize(("test", "part"), [("p_t", 4), ("p_randomisation", 2)])
def test_the_papers_test_and_fishers_are_corrected_likewise(test, part):
    tests = family(ROWS)
    for suffix in ("", "_bonferroni", "_holm", "_bh"):
        assert (part * tests[f"{test}{suffix}"]).tolist() == pytest.approx(tests[f"p{suffix}"].tolist())


def test_the_order_of_rows_does_not_matter():
    turned = family(ROWS[::-1])
    pd.testing.assert_frame_equal(turned[::-1].reset_index(drop=True), family(ROWS))


def test_figures_are_points_of_the_metric():
    row = family(ROWS).iloc[1]
    expected = {
        "difference": 2, "interval_low": -1, "interval_high": 5, "detectable": 4, "se_queries": 1,
        "se_seeds": 0.2, "se_both": 1.25,
    }  # fmt: skip
    assert {key: row[key] for key in expected} == pytest.approx(expected)


def test_no_test_at_all_is_an_empty_table():
    tests = family([])
    assert list(tests.columns) == COLUMNS and tests.empty
    assert family_csv(tests) == ",".join(COLUMNS) + "\n"


def test_blank_is_what_does_not_exist():
    read = pd.read_csv(io.StringIO(family_csv(family(ROWS))))
    assert np.isnan(read.loc[0, "se_seeds"]) and np.isnan(read.loc[3, "effect_size"])
    assert read["wins"].tolist() == [3] * 5


def test_any_two_systems_are_compared_on_what_both_have_and_on_averages():
    def values(seed):
        return pd.DataFrame(np.random.default_rng(seed).random((30, 2)), columns=[1, 2])

    pairs = ["en-de", "en-it", "de-de"]
    ours, theirs = ({pair: values(place + base) for place, pair in enumerate(pairs)} for base in (0, 10))
    del theirs["de-de"]
    tests = comparison("ml-cs", "bl-cs", ours, theirs, {"clir": ["en-de", "en-it"], "moir": ["de-de"]})
    assert tests["column"].tolist() == ["en-de", "en-it", "average of clir"]
    assert tests["family"].tolist() == ["pairs", "pairs", "averages"]
    assert tests["family_size"].tolist() == [2, 2, 1]
    assert tests["p_bonferroni"].tolist() == pytest.approx(tests["p"].mul([2, 2, 1]).clip(upper=1).tolist())
    assert set(tests["system"]) == {"ml-cs"} and set(tests["reference"]) == {"bl-cs"}
    with pytest.raises(UserError, match="ml-cs and bl-cs: found no pair that both have"):
        comparison("ml-cs", "bl-cs", ours, {}, {})
