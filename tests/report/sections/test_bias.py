"""Language bias."""

from dataclasses import replace

from switchrank.report.sections import bias


def test_languages_come_in_the_order_of_the_config_and_systems_too(inputs):
    (pair,) = bias.section(inputs)["pairs"]
    assert pair["means"]["columns"] == ["system", "en", "de", "ar"]
    assert [[entry.text for entry in row] for row in pair["means"]["rows"]] == [
        ["zero-shot", "37.5", "27.5", "15.0"],
        ["ml-cs", "37.5", "27.5", "15.0"],
    ]


def test_what_has_no_ratio_is_left_out(inputs):
    frames = {name: getattr(inputs, name).assign(ratio=None) for name in ("bias", "same_language")}
    assert bias.section(replace(inputs, **frames)) == {"pairs": [], "same_language": None}
    assert bias.section(replace(inputs, bias=None)) is None
