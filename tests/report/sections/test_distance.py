"""Gains over linguistic distance."""

from dataclasses import replace

from switchrank.report.sections import distance


def test_mixed_sides_are_left_out_and_the_correlation_is_told(inputs):
    shown = distance.section(inputs)
    assert "en-xx6" not in shown["svg"]
    assert "(p " in shown["correlations"]["all pairs"]
    assert shown["correlations"]["all pairs"].endswith("6 pairs)")
    assert "pairs of two languages" not in shown["correlations"]  # three are too few


def test_without_a_treatment_there_is_no_section(inputs):
    assert distance.section(replace(inputs, config={**inputs.config, "treatment": None})) is None
