"""Token overlap."""

from dataclasses import replace

import pandas as pd

from switchrank.report.sections import overlap


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
    shown = overlap.section(replace(inputs, overlap=frame))
    assert "ml-cs, CLIR: 0.20 (0.10 to 0.30)." in shown["correlations"]  # of 0.3 and 0.1
    assert list(shown["overlaps"]) == ["CLIR"]
    assert "ml-cs, ten best others: 0.25 (0.25 to 0.25)." in shown["overlaps"]["CLIR"]


def test_systems_on_fewer_pairs_are_named(inputs):
    assert overlap.section(inputs)["fewer_pairs"] == {"bl-cs": 1}
    assert overlap.section(replace(inputs, overlap=None)) is None
