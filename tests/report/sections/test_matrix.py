"""Heat maps of all systems."""

from dataclasses import replace

from switchrank.report.sections import matrix


def test_the_systems_of_the_summary_come_first(inputs):
    shown = matrix.section(inputs)
    assert list(shown["first"]) == ["zero-shot", "bl-cs", "ml-cs", "wiki-cs"]
    assert list(shown["others"]) == ["bm25", "cosine"]


def test_sides_stand_in_blocks_in_the_order_of_the_config(inputs):
    assert matrix._blocks(inputs) == [["en", "de", "ru"], ["fr"], ["xx6"]]
    changed = {"source_language": "fr", "training": {"languages": []}, "pairs": {"clir": ["fr-en", "en-de"]}}
    assert matrix._blocks(replace(inputs, config=inputs.config | changed)) == [["fr"], ["en", "de"]]
