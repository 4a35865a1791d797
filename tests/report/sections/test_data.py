"""Training data, stats and learning curves."""

from dataclasses import replace

import pandas as pd

from switchrank.report.sections import data


def test_training_data_have_a_row_each_whoever_shares_them(inputs):
    systems = {
        "cosine": {"ranker": "cosine"},
        "zero-shot": {"ranker": "kernel", "data": "en-en"},
        "twin": {"ranker": "kernel", "data": "en-en"},
        "bl-cs": {"ranker": "kernel", "data_by_pair": {"en-de": "bl-cs.p0.50.en-de", "ar-it": "not shown"}},
    }
    side = {"texts": 10, "words": 50, "realised_ratio": 0.4, "not_in_lexicon": 5, "texts_short": 2}
    switched = {"nominal_ratio": 0.5, "mode": "coverage", "sides": {"query": side, "passage": side}}
    training = {"en-en": {"instances": 10}, "bl-cs.p0.50.en-de": switched}
    config = {**inputs.config, "systems": systems}
    shown = data.section(replace(inputs, config=config, training=training))
    assert [[entry.text for entry in row] for row in shown["training"]["rows"]] == [
        ["en-en", "zero-shot, twin", "10", "", "", "", "", "", "", ""],
        # words that the lexicon lacks are passed over
        ["bl-cs.p0.50.en-de", "bl-cs", "", "coverage", "0.50", "0.400", "0.400", "", "0.0", "20.0"],
    ]
    assert list(shown["each"]) == ["en-en", "bl-cs.p0.50.en-de"]


def test_only_stats_that_exist_are_told(inputs):
    shown = data.section(inputs)["details"]
    assert list(shown) == ["All counts of the collection", "Lexicons, language by language"]
    assert shown["Lexicons, language by language"]["tables"][0]["rows"] == [("clwe/en-de", ["0.87"])]


def test_curves_leave_out_what_no_log_has(inputs):
    log = pd.DataFrame({"step": [0, 50], "loss": [2.5, 1.5], "dev_mrr": [None, None]})
    (drawn,) = data.section(replace(inputs, logs={"zero-shot": {"seed 1": log}}))["curves"]
    assert "training loss" in drawn
    assert "zero-shot: 1.5" in drawn
    assert data.section(replace(inputs, logs={"none": {"seed 1": log[:0]}}))["curves"] == []
