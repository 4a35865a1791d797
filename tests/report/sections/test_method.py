"""What was done, and where the figures come from."""

from dataclasses import replace

from switchrank.report.sections import method


def test_systems_tell_their_reference_and_their_pairs(inputs):
    rows = [[entry.text for entry in row] for row in method.method(inputs)["systems"]["rows"]]
    assert rows[:2] == [
        ["bm25", "BM25 over the candidates", "bm25", "zero-shot", "the 3 pairs where it can exist"],
        ["cosine", "the frozen <encoder>", "cosine", "zero-shot", "all pairs"],
    ]
    assert rows[3][4] == "chosen by the config: de-de, en-de; a model for each"


def test_a_ceiling_stands_for_each_group_of_which_some_system_has_all_pairs(inputs):
    assert method.method(inputs)["ceilings"] == {"MoIR": 90, "CLIR": 90, "MLIR": 90, "unseen": 90}
    cells = {"bl-cs": inputs.cells["bl-cs"]}
    tables = {"clir": inputs.tables["clir"]}
    tables["clir"] = replace(tables["clir"], ceiling=tables["clir"].ceiling.mask(tables["clir"].ceiling > 0))
    assert method.method(replace(inputs, cells=cells, tables=tables))["ceilings"] == {}


def test_cells_tell_only_what_the_run_does_not(inputs):
    run = inputs.config["provenance"]
    said = run | {"commit": "of before", "inputs": {"a file": "its digest"}}
    cells = {"ml-cs": {"en-en": inputs.cells["ml-cs"]["en-en"] | {"provenance": said}}}
    shown = method.provenance(replace(inputs, cells=cells))
    assert shown["run"]["facts"] == {"commit": "0123abc", "clean": "yes"}
    assert shown["details"]["packages"]["tables"][0]["rows"] == [("numpy", ["2.1"])]
    assert shown["cells"] == {"facts": {"commit": "of before"}, "tables": []}
    assert "method: fused" in shown["settings"]
