"""Neighbours in a ranking of systems."""

import numpy as np
import pandas as pd
import pytest

from switchrank.analyses.neighbours import COLUMNS, neighbours
from switchrank.files import read_parquet, write_parquet
from switchrank.statistics.comparison import averages, compare
from switchrank.statistics.significance import corrected

QUERIES = pd.Index([f"q{number:02}" for number in range(50)], name="query_id")
GROUPS = {"moir": ["en-en"], "clir": ["en-de", "de-en"]}
LEVELS = {"low": 0.2, "high": 0.6, "higher": 0.601, "middle": 0.4}


def values(level, seed, seeds=(1, 2)):
    drawn = np.random.default_rng(seed).normal(level, 0.1, (len(QUERIES), len(seeds)))
    return pd.DataFrame(drawn, QUERIES, list(seeds))


@pytest.fixture
def measured():
    """Four systems, of which one has a single seed and another lacks a pair."""
    made = {
        system: {
            pair: values(level, 10 * place + order, (0,) if system == "low" else (1, 2))
            for order, pair in enumerate(["en-en", "en-de", "de-en"])
        }
        for place, (system, level) in enumerate(LEVELS.items())
    }
    del made["middle"]["de-en"]
    return made


def test_each_system_stands_before_the_next_one(measured):
    frame = neighbours(measured, GROUPS)
    assert list(frame.columns) == COLUMNS
    moir, clir = (frame[frame["group"] == group] for group in GROUPS)
    assert moir["rank"].tolist() == [1, 2, 3]
    assert set(moir["system"][:2]) == {"high", "higher"} and moir["next_system"].tolist()[1:] == [
        "middle",
        "low",
    ]
    assert moir["system"].tolist()[1:] == moir["next_system"].tolist()[:-1]
    assert clir["rank"].tolist() == [1, 2]
    assert "middle" not in {*clir["system"], *clir["next_system"]}  # has no average to be ranked by
    assert (frame["difference"] >= 0).all()
    apart = frame["p_holm"] < 0.05
    assert apart.tolist() == [False, True, True, False, True]
    assert (apart == (frame["interval_low"] > 0)).all()


def test_figures_are_those_of_a_comparison_corrected_within_the_group(measured):
    frame = neighbours(measured, GROUPS)
    for group, of_group in frame.groupby("group", sort=False):
        for row in of_group.to_dict("records"):
            ours, theirs = (
                averages(measured[name], {group: GROUPS[group]})
                for name in (row["system"], row["next_system"])
            )
            expected = compare(ours, theirs)[group]
            assert row["mean"] == pytest.approx(100 * ours[group].to_numpy().mean())
            for key in ("difference", "detectable"):
                assert row[key] == pytest.approx(100 * expected[key])
            assert [row["interval_low"], row["interval_high"]] == pytest.approx(
                [100 * e for e in expected["interval"]]
            )
            assert row["p"] == pytest.approx(expected["p"])
        assert of_group["p_holm"].tolist() == pytest.approx(corrected(of_group["p"], "holm").tolist())


def test_the_order_of_systems_does_not_matter(measured):
    turned = dict(reversed(measured.items()))
    pd.testing.assert_frame_equal(neighbours(turned, GROUPS), neighbours(measured, GROUPS))


def test_systems_with_the_same_average_stay_in_their_order():
    same = {name: {"en-en": values(0.5, 1)} for name in ("b", "a")}
    (row,) = neighbours(same, GROUPS).to_dict("records")
    assert (row["system"], row["next_system"], row["difference"], row["p"]) == ("b", "a", 0, 1)


def test_a_single_system_has_no_neighbour(measured, tmp_path):
    frame = neighbours({"high": measured["high"]}, GROUPS)
    assert list(frame.columns) == COLUMNS and frame.empty
    write_parquet(tmp_path / "none.parquet", frame)
    assert list(read_parquet(tmp_path / "none.parquet").columns) == COLUMNS
