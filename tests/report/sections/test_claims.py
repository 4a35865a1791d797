"""The paper's claims on the page."""

from switchrank.report.sections import claims


def test_a_share_has_no_sign_and_a_zero_neither():
    figures = {"estimate": 1.0, "low": 0.9, "high": 1.1, "confidence": 0.95, "power": 0.5}
    assert claims._figures({"kind": "share_above", "figures": figures}) == "1.00 (0.90 to 1.10); power 0.50"
    assert claims._figures({"kind": "above", "figures": figures}) == "+1.00 (+0.90 to +1.10); power 0.50"
    tiny = figures | {"estimate": -0.004, "low": -0.0049, "high": 0.004}
    assert claims._figures({"kind": "within", "figures": tiny}) == "0.00 (0.00 to 0.00); power 0.50"


def test_what_each_claim_comes_to_at_every_margin(inputs):
    shown = claims.claims(inputs)["margins"]
    assert shown["columns"] == ["claim", "±0.5", "±1", "±1.5", "±2", "±2.5", "±3"]
    (row,) = shown["rows"]
    assert [entry.text for entry in row] == ["1", "supported", "supported", "", "", "", ""]
    assert [entry.style for entry in row] == ["", "", "strong", "", "", "", ""]


def test_without_claims_there_is_no_section(inputs):
    from dataclasses import replace

    assert claims.claims(replace(inputs, claims=None)) is None
