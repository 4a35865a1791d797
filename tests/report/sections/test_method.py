"""What was done: method, data, costs, and where the figures come from."""

from dataclasses import replace

import pandas as pd

from switchrank.report.sections import method


def test_systems_have_their_reference_and_their_pairs(inputs):
    rows = [[entry.text for entry in row] for row in method.method(inputs)["systems"]["rows"]]
    assert rows[:2] == [
        ["bm25", "BM25 over the candidates", "bm25", "zero-shot", "the 3 pairs where it can exist"],
        ["cosine", "the frozen <encoder>", "cosine", "zero-shot", "all pairs"],
    ]
    assert rows[3][4] == "chosen by the config: de-de, en-de; a model for each"


def test_there_is_a_ceiling_for_each_group_of_which_some_system_has_all_pairs(inputs):
    assert method.method(inputs)["ceilings"] == {"MoIR": 90, "CLIR": 90, "MLIR": 90, "unseen": 90}
    cells = {"bl-cs": inputs.cells["bl-cs"]}
    tables = {"clir": inputs.tables["clir"]}
    tables["clir"] = replace(tables["clir"], ceiling=tables["clir"].ceiling.mask(tables["clir"].ceiling > 0))
    assert method.method(replace(inputs, cells=cells, tables=tables))["ceilings"] == {}


def test_cells_say_only_what_the_run_does_not(inputs):
    run = inputs.config["provenance"]
    said = run | {"commit": "of before", "inputs": {"a file": "its digest"}}
    cells = {"ml-cs": {"en-en": inputs.cells["ml-cs"]["en-en"] | {"provenance": said}}}
    shown = method.provenance(replace(inputs, cells=cells))
    assert shown["run"]["facts"] == {"commit": "0123abc", "clean": "yes"}
    assert shown["details"]["packages"]["tables"][0]["rows"] == [("numpy", ["2.1"])]
    assert shown["cells"] == {"facts": {"commit": "of before"}, "tables": []}
    assert "method: fused" in shown["settings"]


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
    shown = method.data(replace(inputs, systems=systems, training=training))
    assert [[entry.text for entry in row] for row in shown["training"]["rows"]] == [
        ["en-en", "zero-shot, twin", "10", "", "", "", "", "", "", ""],
        # words that the lexicon lacks are passed over
        ["bl-cs.p0.50.en-de", "bl-cs", "", "coverage", "0.50", "0.400", "0.400", "", "0.0", "20.0"],
    ]
    assert list(shown["each"]) == ["en-en", "bl-cs.p0.50.en-de"]


def test_only_stats_that_exist_are_shown(inputs):
    shown = method.data(inputs)["details"]
    assert list(shown) == ["All counts of the collection", "Lexicons, language by language"]
    assert shown["Lexicons, language by language"]["tables"][0]["rows"] == [("clwe/en-de", ["0.87"])]


def test_masked_candidates_are_counted_by_pair(inputs):
    assert not method.data(inputs)["masked"]
    shown = method.data(replace(inputs, masked={"en-de": {"candidates": 20, "masked": 3}}))
    (table,) = shown["details"]["Candidates without the words that their query has"]["tables"]
    assert shown["masked"] and table["rows"] == [("en-de", ["20", "3"])]


def test_texts_that_are_cut_off_are_counted_for_each_limit(inputs):
    row = {
        "tokens": 64,
        "rankers": ["kernel", "fast"],
        "kind": "passage",
        "of": 30,
        "texts": {"en": 0, "hi": 4},
    }
    shown = method.data(replace(inputs, truncated=[row]))["details"]
    (table,) = shown["Texts of which rankers do not read the end"]["tables"]
    assert table["columns"] == ["of", "all", "en", "hi"]
    assert table["rows"] == [("passage: more than 64 tokens (kernel, fast)", ["30", "4", "0", "4"])]


def test_curves_leave_out_what_no_log_has(inputs):
    log = pd.DataFrame({"step": [0, 50], "loss": [2.5, 1.5], "dev_mrr": [None, None]})
    (drawn,) = method.data(replace(inputs, logs={"zero-shot": {"seed 1": log}}))["curves"]
    assert "training loss" in drawn
    assert "zero-shot: 1.5" in drawn
    assert method.data(replace(inputs, logs={"none": {"seed 1": log[:0]}}))["curves"] == []


def test_curves_on_other_pairs_are_drawn_where_they_were_looked_at(inputs):
    shown = method.data(inputs)
    log = pd.DataFrame({"step": [0, 50, 100], "loss": [2.5, 1.5, 1], "dev_mrr": [0.1, None, 0.5]})
    looked = log.assign(dev_mrr_on_other_pairs=[0.05, None, 0.25])
    plain = method.data(replace(inputs, logs={"zero-shot": {"seed 1": log}}))
    other = method.data(replace(inputs, logs={"zero-shot": {"seed 1": looked}}))
    never = method.data(
        replace(inputs, logs={"zero-shot": {"seed 1": looked.assign(dev_mrr_on_other_pairs=None)}})
    )
    assert "Dashed, on other pairs: zero-shot: 25." in other["curves"][0]
    assert other["curves"][1] == plain["curves"][1]
    assert never["curves"] == plain["curves"]
    assert [made["on_other_pairs"] for made in (shown, plain, never, other)] == [False, False, False, True]


def test_systems_have_blanks_for_what_they_do_not_have(inputs):
    shown = method.costs(inputs)["systems"]
    assert shown["columns"] == ["system", "pairs", "training, s", "ranking, s", "models", "their size, MB"]
    rows = {row[0].text: [entry.text for entry in row[1:]] for row in shown["rows"]}
    assert rows == {"ml-cs": ["36", "20.0", "15.5", "1", "0.26"], "bm25": ["12", "", "", "", ""]}


def test_unmeasured_memory_of_a_stage_is_nothing(inputs):
    shown = method.costs(inputs)["stages"]
    assert [(row["stage"], row["seconds"].text, row["memory"].text) for row in shown["rows"]] == [
        ("train", "62.5", "812"),
        ("corpus", "0.4", ""),
    ]
    assert (shown["jobs"].text, shown["seconds"].text) == ("3", "62.9")


def test_nothing_measured_is_nothing_shown(inputs):
    assert method.costs(replace(inputs, costs=None, stages=None)) is None


def test_what_was_chosen_on_dev_has_a_row_for_each_system_and_data(inputs):
    slow, fast = {"per_seed": {"1": 0.5, "2": 0.6}, "mean": 0.55}, {"per_seed": {"1": 0.7}, "mean": 0.7}
    source = {"dev": "source", "pairs": ["en-en"], "rankers": {"slow": slow, "fast": fast}, "chosen": "fast"}
    other = {"dev": "all", "pairs": ["en-en", "de-de"], "rankers": {"slow": slow}, "chosen": "slow"}
    shown = method.method(replace(inputs, choices={"ml-cs": {"a": source, "b": other}}))["choices"]
    assert shown["columns"] == ["system", "training data", "dev", "slow", "fast", "chosen"]
    assert [[entry.text for entry in row] for row in shown["rows"]] == [
        ["ml-cs", "a", "source", "55.0", "70.0", "fast"],
        ["ml-cs", "b", "all", "55.0", "", "slow"],
    ]
    assert [row[2].small for row in shown["rows"]] == [("en-en",), ("2 pairs",)]
    assert shown["rows"][0][3].small == ("50.0, 60.0",)
    assert method.method(inputs)["choices"] is None


def test_the_share_of_candidates_that_were_seen_in_training_is_told(inputs):
    splits = {"test": {"candidates": 200, "train": 0.561, "dev": 0.1, "test": 0.339}}
    assert method.method(replace(inputs, candidate_splits=splits))["seen"] == 0.561
    assert method.method(inputs)["seen"] is None
    (table,) = next(
        shown["tables"]
        for title, shown in method.data(replace(inputs, candidate_splits=splits))["details"].items()
        if title.startswith("Candidates of each split")
    )
    assert table["columns"] == ["candidates", "train", "dev", "test"]
    assert table["rows"] == [("test", ["200", "0.561", "0.1", "0.339"])]
