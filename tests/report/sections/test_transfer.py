"""The first sentence, for figures of all kinds."""

from dataclasses import replace

import pytest
import reports

from switchrank.report.sections.transfer import transfer

FALL = {"difference": 0.484, "interval": [0.46, 0.508], "share": 0.2, "share_interval": [0.17, 0.24]}
NO_SHARE = {"share": None, "share_interval": None}


def said(inputs, gain=(0.098, 0.08, 0.116), fall=FALL, **means):
    """The sentence's end, of what comes after the figures that the reference reaches, and its verdict."""
    means = {"en-en": 0.735, "moir": 0.452, "clir": 0.251} | means
    difference, *interval = gain
    versus = {"zero-shot": {"difference": difference, "interval": interval, "detectable": 0.02}}
    cells = {
        "zero-shot": {name: {"mean": mean} for name, mean in means.items()},
        "ml-cs": {"clir": {"mean": means["clir"] + difference, "versus": versus}},
    }
    found = transfer(replace(inputs, cells=cells, fall=fall))
    start, _, rest = found["text"].partition("; from English to CLIR it ")
    assert start.startswith("zero-shot reaches 73.5 in English, ")
    assert rest.endswith(" (MRR@10 × 100, 95\u00a0% intervals).")
    return rest.rpartition(" (MRR")[0].replace("\u00a0", " "), found["verdict"]


def test_what_the_reference_reaches_is_told_within_and_across(inputs):
    text = transfer(inputs)["text"]
    means = [100 * inputs.cells["zero-shot"][name]["mean"] for name in ("en-en", "moir", "clir")]
    english, within, across = (f"{mean:.1f}" for mean in means)
    assert text.startswith(
        f"zero-shot reaches {english} in English, {within} on average within languages (MoIR) and {across} "
        "across languages (CLIR); from English to CLIR it falls by 30.0 (25.0 to 35.0) points, of which"
    )


def test_what_is_given_back_of_the_fall_is_told_in_points_and_as_a_share(inputs):
    assert said(inputs) == (
        "falls by 48.4 (46.0 to 50.8) points, of which ml-cs gives back 9.8 (8.0 to 11.6), 20 % of the fall "
        "(17 % to 24 %)",
        "above",
    )


def test_a_loss_is_told_as_one(inputs):
    fall = FALL | {"share": -0.04, "share_interval": [-0.06, -0.02]}
    assert said(inputs, (-0.02, -0.03, -0.01), fall) == (
        "falls by 48.4 (46.0 to 50.8) points, and ml-cs loses another 2.0 (1.0 to 3.0), 4 % of the fall "
        "(2 % to 6 %)",
        "below",
    )


def test_what_cannot_be_told_from_nothing_is_told_as_that(inputs):
    fall = FALL | {"share": 0.01, "share_interval": [-0.02, 0.03]}
    assert said(inputs, (0.003, -0.008, 0.014), fall) == (
        "falls by 48.4 (46.0 to 50.8) points, of which ml-cs gives back nothing measurable: "
        "+0.3 (−0.8 to +1.4), 1 % of the fall (−2 % to 3 %)",
        "level",
    )


@pytest.mark.parametrize(
    ("difference", "interval", "expected"),
    [
        (0.003, [-0.01, 0.016], "loses nothing measurable: +0.3 (−1.0 to +1.6) points"),
        (-0.03, [-0.04, -0.02], "rises by 3.0 (2.0 to 4.0) points"),
    ],
)
def test_without_a_fall_nothing_is_given_back(inputs, difference, interval, expected):
    fall = {"difference": difference, "interval": interval, **NO_SHARE}
    text, verdict = said(inputs, fall=fall)
    assert text == f"{expected}, and ml-cs differs from it there by +9.8 (+8.0 to +11.6)"
    assert verdict == "above"


@pytest.mark.parametrize("fall", [None, {"difference": None, "interval": None, **NO_SHARE}])
def test_without_intervals_of_the_fall_there_is_no_share(inputs, fall):
    expected = "falls by 48.4 points, of which ml-cs gives back 9.8 (8.0 to 11.6)"
    assert said(inputs, fall=fall)[0] == expected
    rising = said(inputs, fall=fall, clir=0.8)[0]
    assert rising == "rises by 6.5 points, and ml-cs differs from it there by +9.8 (+8.0 to +11.6)"


def test_the_average_within_languages_may_be_missing(inputs):
    reference = {name: inputs.cells["zero-shot"][name] for name in ("en-en", "clir")}
    text = transfer(replace(inputs, cells={**inputs.cells, "zero-shot": reference}))["text"]
    assert " in English and " in text and "within" not in text


@pytest.mark.parametrize("missing", ["en-en", "clir"])
def test_without_one_of_its_ends_there_is_no_sentence(inputs, missing):
    reference = {name: cell for name, cell in inputs.cells["zero-shot"].items() if name != missing}
    assert transfer(replace(inputs, cells={**inputs.cells, "zero-shot": reference})) is None


@pytest.mark.parametrize("lacking", [{"treatment": None}, {"reference": None}, {"reference": "cosine"}])
def test_without_two_systems_that_are_compared_there_is_no_sentence(inputs, lacking):
    assert transfer(replace(inputs, **lacking)) is None


def test_another_source_language_is_named(inputs):
    config = {**reports.CONFIG, "source_language": "de"}
    assert " in German, " in transfer(replace(inputs, config=config))["text"]
