"""Where the figures come from."""

from dataclasses import replace

from switchrank.report.sections import provenance


def test_cells_tell_only_what_the_run_does_not(inputs):
    run = inputs.config["provenance"]
    said = run | {"commit": "of before", "inputs": {"a file": "its digest"}}
    cells = {"ml-cs": {"en-en": inputs.cells["ml-cs"]["en-en"] | {"provenance": said}}}
    shown = provenance.section(replace(inputs, cells=cells))
    assert shown["run"]["facts"] == {"commit": "0123abc", "clean": "yes"}
    assert shown["details"]["packages"]["tables"][0]["rows"] == [("numpy", ["2.1"])]
    assert shown["cells"] == {"facts": {"commit": "of before"}, "tables": []}
    assert "method: fused" in shown["settings"]
