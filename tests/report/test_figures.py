"""What the page's figures are made of."""

import pandas as pd
import reports

from switchrank.report import analyses, figures
from switchrank.report.inputs import Inputs, read
from switchrank.report.plots.base import Estimate


def gains(system, mode, ratio, gain, stop_words=True):
    row = {"system": system, "mode": mode, "stop_words": stop_words, "ratio": ratio, "realised": 0.9 * ratio}
    return row | {"clir gain": gain, "clir gain low": gain - 1, "clir gain high": gain + 1}


def test_the_line_of_ratios_takes_one_system_at_each_and_modes_stand_beside():
    rows = [
        {"system": "zero-shot", "mode": "none", "stop_words": True, "ratio": 0.0, "realised": 0.0},
        gains("ml-cs-coverage", "coverage", 0.5, 2.0),
        gains("another", "static", 0.5, 1.0),
        gains("ml-cs-p1.00", "static", 1.0, -1.0),
        gains("ml-cs", "static", 0.5, 3.0),
        gains("ml-cs-stop", "static", 0.5, 2.5, stop_words=False),
    ]
    marks = {mark.system: mark for mark in figures._marks(pd.DataFrame(rows), "clir", "realised")}
    assert {name: mark.apart for name, mark in marks.items()} == {
        "zero-shot": "",
        "ml-cs": "",
        "ml-cs-p1.00": "",
        "another": "another",
        "ml-cs-coverage": "coverage",
        "ml-cs-stop": "no stop words",
    }
    assert marks["zero-shot"].gain == Estimate(0, 0, 0)
    assert marks["ml-cs"].ratio == 0.45


def test_forests_mark_what_is_significant_after_correction(bare):
    inputs = read(bare, reports.CONFIG)
    made = {forest["system"]: forest for forest in figures.forests(inputs)}
    assert list(made) == ["ml-cs", "bm25", "cosine", "bl-cs", "wiki-cs"]
    holm = pd.concat(inputs.tests.values()).query("system == 'ml-cs' and column != 'average'")["p_t_holm"]
    assert (made["ml-cs"]["significant"], made["ml-cs"]["tests"]) == ((holm < 0.05).sum(), 7)
    assert made["bl-cs"]["tests"] == 2
    assert [forest["system"] for forest in made.values() if forest["open"]] == ["ml-cs"]


def test_a_long_group_is_drawn_as_its_average():
    test = {"system": "ml-cs", "reference": "zero-shot", "p_t_holm": 0.5}
    rows = [
        test | {"column": f"p{n}", "difference": 1, "interval_low": 0, "interval_high": 2} for n in range(60)
    ]
    rows.append(rows[0] | {"column": "average", "p_t_holm": None})
    inputs = Inputs({}, {"ml-cs": {}}, {"all": pd.DataFrame()}, {"all": pd.DataFrame(rows)})
    (made,) = figures.forests(inputs)
    assert made["averages_only"] == ["all"]
    assert made["tests"] == 0
    assert ">p0<" not in made["svg"]
    assert ">average<" in made["svg"]


def test_gains_leave_mixed_sides_out_and_tell_the_correlation(bare):
    made = figures.gain_over_distance(read(bare, reports.CONFIG))
    assert "en-xx6" not in made["svg"]
    assert "(p " in made["correlations"]["all pairs"]
    assert made["correlations"]["all pairs"].endswith("6 pairs)")
    assert "pairs of two languages" not in made["correlations"]  # three are too few


def test_correlations_with_overlap_are_means_over_queries_of_means_over_pairs():
    frame = pd.DataFrame(
        {
            "system": "ml-cs",
            "pair": ["en-de", "en-ru", "en-de", "en-ru", "en-de"],
            "query_id": ["q1", "q1", "q2", "q2", "q3"],
            "correlation": [0.2, 0.4, 0.1, None, None],
            "overlap_relevant": 0.5,
            "overlap_top10": 0.25,
            "overlap_rest": 0.125,
        }
    )
    made = analyses.overlap(frame, ["ml-cs", "never measured"])
    assert "ml-cs, CLIR: 0.20 (0.10 to 0.30)." in made["correlations"]  # of 0.3 and 0.1
    assert "MoIR" not in made["overlaps"]
    assert "ml-cs, ten best others: 0.25 (0.25 to 0.25)." in made["overlaps"]["CLIR"]
