"""Two systems compared, query by query."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from switchrank.statistics.comparison import averages, compare, standard_error
from switchrank.statistics.crossed import crossed

QUERIES = pd.Index([f"q{number:03}" for number in range(60)], name="query_id")
REACHABLE = np.array([0.0, *(1 / rank for rank in range(1, 11))])
KEYS = [
    "difference", "interval", "p", "detectable", "p_t", "p_randomisation", "effect_size", "wins", "ties",
    "losses", "standard_error",
]  # fmt: skip

NO_ERROR = {"queries": 0.0, "seeds": 0.0, "both": 0.0}


def ranks(seed, seeds=(1, 2)):
    drawn = np.random.default_rng(seed).choice(REACHABLE, (len(QUERIES), len(seeds)))
    return pd.DataFrame(drawn, QUERIES, list(seeds))


def test_what_is_said_of_a_pair():
    ours, theirs = {"en-de": ranks(1)}, {"en-de": ranks(2)}
    (result,) = compare(ours, theirs).values()
    a, b = ours["en-de"].mean(axis=1), theirs["en-de"].mean(axis=1)
    assert list(result) == KEYS
    assert result["difference"] == pytest.approx((a - b).mean())
    assert result["interval"][0] < result["difference"] < result["interval"][1]
    assert result["p_t"] == pytest.approx(stats.ttest_rel(a, b).pvalue)
    assert abs(result["p_randomisation"] - result["p_t"]) < 0.05
    assert result["effect_size"] == pytest.approx((a - b).mean() / (a - b).std())
    assert (result["wins"], result["losses"]) == (int((a > b).sum()), int((a < b).sum()))
    assert result["wins"] + result["ties"] + result["losses"] == 60


def test_a_difference_counts_queries_and_seeds_as_drawn_at_random():
    ours, theirs = ranks(1, range(3)).add([0.0, 0.1, 0.3]), ranks(2, range(3))
    (result,) = compare({"en-de": ours}, {"en-de": theirs}).values()
    estimate = crossed(ours - theirs)
    assert result["interval"] == pytest.approx(estimate.interval().tolist())
    assert result["p"] == pytest.approx(float(estimate.p()))
    assert result["detectable"] == pytest.approx(float(estimate.detectable()))
    assert result["p"] > 3 * result["p_t"]  # seeds disagree, which the paper's test does not see
    assert result["detectable"] > 0


def test_with_one_seed_each_it_is_the_paired_t_test():
    (result,) = compare({"en-de": ranks(1, [1])}, {"en-de": ranks(2, [7])}).values()
    assert result["p"] == pytest.approx(result["p_t"])


def test_a_single_seed_stands_beside_each_of_the_others():
    many, single = ranks(1, range(5)), ranks(2, [0])
    beside = pd.concat([single[0]] * 5, axis=1, keys=range(5))
    there, back = compare({"en-de": many}, {"en-de": single}), compare({"en-de": single}, {"en-de": many})
    assert there == compare({"en-de": many}, {"en-de": beside})
    assert back["en-de"]["difference"] == -there["en-de"]["difference"]
    assert back["en-de"]["p"] == pytest.approx(there["en-de"]["p"])


def test_seeds_are_matched_by_what_they_are_called():
    ours, theirs = {"en-de": ranks(1, [1, 2, 3])}, ranks(2, [1, 2, 3])
    assert compare(ours, {"en-de": theirs}) == compare(ours, {"en-de": theirs[[3, 1, 2]]})


def test_queries_and_seeds_are_sources_of_their_own():
    many = ranks(1, range(5)).add([0.0, 0.1, 0.2, 0.3, 0.4])
    error, estimate = standard_error(many), crossed(many)
    assert error == {
        "queries": pytest.approx(stats.sem(many.mean(axis=1))),
        "seeds": pytest.approx(float(estimate.error_of_seeds)),
        "both": pytest.approx(float(estimate.error)),
    }
    assert error["both"] == pytest.approx(np.hypot(error["queries"], error["seeds"]))
    alone = standard_error(many[[0]])
    assert (alone["seeds"], alone["both"]) == (None, alone["queries"])

    def of_difference(first, other):
        return compare({"en-de": first}, {"en-de": other})["en-de"]["standard_error"]

    other = ranks(2, range(5))
    assert of_difference(many, other) == standard_error(many - other)
    assert (
        of_difference(many, many + ranks(2, [0]).to_numpy())["seeds"] == 0
    )  # seed by seed, all differ alike
    assert of_difference(many, ranks(2, [1]))["seeds"] > 0
    assert of_difference(ranks(1, [1]), ranks(2, [1]))["seeds"] is None


def test_seeds_that_agree_leave_the_queries_uncertainty_as_it_is():
    first = ranks(3, [1])
    thrice = pd.concat([first] * 3, axis=1, keys=[1, 2, 3]).droplevel(1, axis=1)
    assert standard_error(thrice)["queries"] == pytest.approx(standard_error(first)["queries"])
    assert standard_error(thrice)["seeds"] == pytest.approx(0)


def test_only_what_both_have_is_compared():
    result = compare({"en-de": ranks(1), "en-it": ranks(2)}, {"en-it": ranks(3), "ar-ru": ranks(4)})
    assert list(result) == ["en-it"]
    assert compare({"en-de": ranks(1)}, {"ar-ru": ranks(4)}) == {}


def test_averages_of_whole_groups_query_by_query():
    measured = {"en-de": ranks(1), "en-it": ranks(2), "xx6-en": ranks(3)}
    result = averages(measured, {"clir": ["en-it", "en-de"], "mlir": ["xx6-en", "en-xx6"]})
    assert list(result) == ["clir"]
    expected = (measured["en-de"] + measured["en-it"]) / 2
    assert np.allclose(result["clir"], expected)


def test_a_second_pair_with_the_same_values_brings_no_new_queries():
    alone, twice = ({pair: ranks(1) for pair in pairs} for pairs in (["en-de"], ["en-de", "en-it"]))
    reference = {"en-de": ranks(2), "en-it": ranks(2)}
    groups = {"clir": ["en-de", "en-it"]}
    first = compare(alone, reference)["en-de"]
    both = compare(averages(twice, groups), averages(reference, groups))["clir"]
    assert both["interval"] == pytest.approx(first["interval"])
    assert both["p"] == pytest.approx(first["p"])


def test_pairs_with_queries_of_their_own_count_alike_in_an_average():
    few, many = ranks(1).iloc[:20], ranks(2).iloc[10:]
    result = averages({"en-de": few, "de-en": many}, {"clir": ["en-de", "de-en"]})["clir"]
    assert result.index.equals(QUERIES)
    assert result.mean().tolist() == pytest.approx(((few.mean() + many.mean()) / 2).tolist())


def test_columns_with_queries_of_their_own_are_compared_each_on_its_own():
    short = ranks(1).iloc[1:]
    ours, theirs = {"en-de": ranks(1), "en-it": short}, {"en-de": ranks(2), "en-it": ranks(3).iloc[1:]}
    together = compare(ours, theirs)
    for column in ours:
        alone = compare({column: ours[column]}, {column: theirs[column]})[column]
        assert together[column] == alone


def test_columns_with_seeds_of_their_own_are_compared_each_on_its_own():
    ours, theirs = {"en-de": ranks(1), "en-it": ranks(2, [1])}, {"en-de": ranks(3), "en-it": ranks(4, [1])}
    together = compare(ours, theirs)
    assert together == {
        name: compare({name: ours[name]}, {name: theirs[name]})[name] for name in ("en-de", "en-it")
    }


def test_a_brief_comparison_says_the_same_in_fewer_words():
    ours, theirs = {"en-de": ranks(1), "en-it": ranks(2)}, {"en-it": ranks(3), "en-de": ranks(4)}
    full, brief = compare(ours, theirs), compare(ours, theirs, briefly=True)
    assert list(brief) == list(full)
    for column, said in brief.items():
        assert said == {key: full[column][key] for key in ("difference", "interval", "p")}


def test_what_differs_in_its_queries_or_seeds_is_not_compared():
    with pytest.raises(ValueError, match="queries differ"):
        compare({"en-de": ranks(1)}, {"en-de": ranks(1).iloc[1:]})
    with pytest.raises(ValueError, match="en-de: found no seed that both have"):
        compare({"en-de": ranks(1)}, {"en-de": ranks(2, [3, 4, 5])})
    with pytest.raises(ValueError, match="differ in their seeds"):
        averages({"en-de": ranks(1), "en-it": ranks(2, [1])}, {"clir": ["en-de", "en-it"]})


def test_of_different_seeds_those_are_compared_that_both_have():
    ours, theirs = ranks(1, [1, 2, 4]), ranks(2, [3, 2, 1])
    shared = compare({"en-de": ours[[1, 2]]}, {"en-de": theirs[[1, 2]]})
    assert compare({"en-de": ours}, {"en-de": theirs}) == shared


@pytest.mark.parametrize("queries", [2, 3, 10, 49, 250])
@pytest.mark.parametrize("gain", [0.1, 1 / 3, 0.7])
def test_a_system_that_gains_the_same_on_every_query_has_neither_effect_size_nor_error(queries, gain):
    index = pd.Index([f"q{number:03}" for number in range(queries)], name="query_id")
    theirs = pd.DataFrame(0.2, index, [1, 2, 3])
    (result,) = compare({"en-de": theirs + gain}, {"en-de": theirs}).values()
    assert (result["effect_size"], result["p"], result["p_t"], result["detectable"]) == (None, 0.0, 0.0, 0.0)
    assert result["standard_error"] == NO_ERROR
    assert standard_error(theirs + gain) == NO_ERROR


def test_seeds_that_swap_their_queries_have_no_error():
    values = [1 / 3, 1 / 7, 0.1]
    turned = pd.DataFrame({seed: np.roll(values, seed) for seed in range(3)}, QUERIES[:3])
    assert standard_error(turned) == NO_ERROR
