"""What ratios, modes and lexicons bring, arranged in tables."""

import numpy as np

from switchrank.analyses.variants import to_latex, variant_tables

GROUPS = ["moir", "clir"]
USUAL = {"lexicon": "clwe", "ratio": 0.5, "mode": "static", "stop_words": True}
VARIANTS = {
    "ml-cs": USUAL,
    "ml-cs-p25": USUAL | {"ratio": 0.25},
    "ml-cs-coverage": USUAL | {"mode": "coverage"},
    "wiki-cs": USUAL | {"lexicon": "titles", "ratio": 1.0},
}
CELL = {"mean": 0.5, "interval": [0.4, 0.6], "versus": {}}
GAIN = {"difference": -0.125, "interval": [-0.25, 0.0]}
CELLS = {system: {"clir": CELL | {"versus": {"zero-shot": GAIN}}} for system in VARIANTS}
CELLS["zero-shot"] = {"clir": CELL, "moir": CELL}
SIDES = {"query": (1, 4), "passage": (3, 4)}
TALLY = {
    "sides": {
        side: {"switched": switched, "words": words, "realised_ratio": switched / words}
        for side, (switched, words) in SIDES.items()
    }
}
TRAINING = dict.fromkeys(VARIANTS, TALLY)
LEXICONS = {
    "clwe": {
        language: {
            "method": "word vectors", "words": words, "precision_at_1": 0.5, "coverage": 0.25,
            "coverage_of_training_words": 0.75, "coverage_of_training_tokens": 0.875,
        }
        for language, words in (("de", 10), ("it", 20))
    },
    "titles": {
        "de": {
            "method": "titles", "words": 5,
            "coverage_of_training_words": 0.5, "coverage_of_training_tokens": 0.5,
        }
    },
}  # fmt: skip
TABLES = variant_tables(VARIANTS, CELLS, TRAINING, LEXICONS, GROUPS, "zero-shot", "ml-cs")


def test_ratios_and_modes_of_the_main_lexicon():
    table = TABLES["ratio"]
    assert table["system"].tolist() == ["ml-cs-coverage", "zero-shot", "ml-cs-p25", "ml-cs"]
    assert table["realised"].tolist() == [0.5, 0, 0.5, 0.5]
    row = table.set_index("system").loc["ml-cs"]
    assert (row["realised_query"], row["realised_passage"]) == (0.25, 0.75)
    assert row[["clir", "clir low", "clir high"]].tolist() == [50, 40, 60]
    assert row[["clir gain", "clir gain low", "clir gain high"]].tolist() == [-12.5, -25, 0]
    assert np.isnan(row["moir"])
    assert all(table[column].dtype == float for column in table if column.startswith(tuple(GROUPS)))


def test_lexicons_at_the_main_ratio():
    table = TABLES["lexicons"].set_index("system")
    assert table.index.tolist() == ["ml-cs", "wiki-cs"]
    assert table.loc["ml-cs", ["words", "precision_at_1"]].tolist() == [15, 0.5]
    assert np.isnan(table.loc["wiki-cs", "precision_at_1"])  # never measured
    assert table["coverage_of_training_words"].tolist() == [0.75, 0.5]


def test_latex_has_the_gain_beside_the_average_and_names_the_metric():
    ratio = to_latex("ratio", TABLES["ratio"], GROUPS, "zero-shot", "nDCG@10")
    assert r"ml-cs & 0.50 & static & 0.50 &  & 50.0 ($-$12.5) \\" in ratio
    assert r"zero-shot & 0.00 & none & 0.00 & 50.0 & 50.0 \\" in ratio
    assert r"nDCG@10 $\times$ 100 with the gain over zero-shot." in ratio
    lexicons = to_latex("lexicons", TABLES["lexicons"], GROUPS, "zero-shot", "MRR@10")
    assert r"wiki-cs & titles &  & 0.50 & 0.50 &  & 50.0 ($-$12.5) \\" in lexicons
    assert "precision@1 & coverage of training words" in lexicons
