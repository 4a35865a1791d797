"""Language bias and token overlap."""

from dataclasses import replace

import pandas as pd

from switchrank.report.sections import preferences


def test_languages_come_in_the_order_of_the_config_and_systems_too(inputs):
    (pair,) = preferences.bias(inputs)["pairs"]
    assert pair["means"]["columns"] == ["system", "en", "de", "ar"]
    assert [[entry.text for entry in row] for row in pair["means"]["rows"]] == [
        ["zero-shot", "37.5", "27.5", "15.0"],
        ["ml-cs", "37.5", "27.5", "15.0"],
    ]


def test_what_has_no_ratio_is_left_out(inputs):
    frames = {name: getattr(inputs, name).assign(ratio=None) for name in ("bias", "same_language")}
    assert preferences.bias(replace(inputs, **frames)) == {"pairs": [], "same_language": ""}
    assert preferences.bias(replace(inputs, bias=None)) is None


def test_correlations_are_means_over_queries_of_means_over_pairs(inputs):
    frame = pd.DataFrame(
        {
            "system": "ml-cs",
            "pair": ["en-de", "en-ru", "en-de", "en-ru", "en-de"],
            "query_id": ["q1", "q1", "q2", "q2", "q3"],
            "correlation": [0.2, 0.4, 0.1, None, None],
            "overlap_relevant": 0.5,
            "overlap_top10": 0.25,
            "overlap_rest": 0.125,
        }
    )
    shown = preferences.overlap(replace(inputs, overlap=frame))
    assert "ml-cs, CLIR: 0.20 (0.10 to 0.30)." in shown["correlations"]  # of 0.3 and 0.1
    assert list(shown["overlaps"]) == ["CLIR"]
    assert "ml-cs, ten best others: 0.25 (0.25 to 0.25)." in shown["overlaps"]["CLIR"]


def test_systems_on_fewer_pairs_are_named(inputs):
    assert preferences.overlap(inputs)["fewer_pairs"] == {"bl-cs": 1}
    assert preferences.overlap(replace(inputs, overlap=None)) is None


def test_what_is_equal_but_for_rounding_has_no_interval():
    queries = [f"q{number}" for number in range(30)]
    values = [0.3 if number % 2 else 0.1 + 0.2 for number in range(30)]
    mean = preferences._mean(pd.DataFrame({"query_id": queries, "rho": values}), "rho")
    assert mean.low == mean.middle == mean.high == 0.3
