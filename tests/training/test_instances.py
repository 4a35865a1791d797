"""Training instances: what is drawn for whom."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.training.data import NEGATIVES, instances
from switchrank.training.draws import record_of

NUMBERS = range(12)
QUERIES = [f"q{number}" for number in NUMBERS]
PASSAGES = [f"p{number}" for number in NUMBERS]  # of the training split
OTHERS = [f"test{number}" for number in NUMBERS]
QRELS = pd.DataFrame({"query_id": QUERIES, "passage_id": PASSAGES, "relevance": 1})


def candidates(pools):
    rows = [(query, passage) for query, pool in pools.items() for passage in pool]
    return pd.DataFrame(rows, columns=["query_id", "passage_id"])


POOLS = st.fixed_dictionaries(
    {query: st.lists(st.sampled_from(PASSAGES + OTHERS), unique=True) for query in QUERIES}
)
FULL = candidates({query: [*PASSAGES, *OTHERS] for query in QUERIES})


def draw(queries=QUERIES, passages=PASSAGES, qrels=QRELS, pool=FULL, rounds=2, seed=1):
    texts = (
        passages if isinstance(passages, dict) else {passage: f"text of {passage}" for passage in passages}
    )
    return instances(queries, texts, qrels, pool, rounds, seed, "en")


@settings(max_examples=30)
@given(POOLS, st.integers(1, 3), st.integers(0, 2**32))
def test_one_positive_and_four_distinct_negatives_of_the_training_split(pools, rounds, seed):
    drawn = draw(pool=candidates(pools), rounds=rounds, seed=seed)
    for _, own in drawn.groupby("round"):
        assert own["query_id"].value_counts().to_dict() == dict.fromkeys(QUERIES, 1 + NEGATIVES)
    for _, own in drawn.groupby("instance"):
        assert own["label"].tolist() == [1] + [0] * NEGATIVES
        assert own["query_id"].nunique() == 1 and own["round"].nunique() == 1
        assert own["passage_id"].nunique() == 1 + NEGATIVES
        assert set(own["passage_id"]) <= set(PASSAGES)
        assert own["passage_id"].iloc[0] == own["query_id"].iloc[0].replace("q", "p")
    assert drawn["instance"].nunique() == rounds * len(QUERIES)


@settings(max_examples=30)
@given(POOLS)
def test_negatives_come_from_the_candidates_as_far_as_these_go(pools):
    for (query, _), own in draw(pool=candidates(pools)).groupby(["query_id", "instance"]):
        positive, negatives = own["passage_id"].iloc[0], set(own["passage_id"].iloc[1:])
        pool = set(pools[query]) & set(PASSAGES) - {positive}
        assert len(negatives & pool) == min(NEGATIVES, len(pool))


def test_no_relevant_passage_is_a_negative():
    qrels = pd.DataFrame({"query_id": "q0", "passage_id": PASSAGES[:7], "relevance": 1})
    drawn = draw(["q0"], qrels=qrels, rounds=30)
    assert set(drawn.loc[drawn["label"] == 0, "passage_id"]) == set(PASSAGES[7:])
    assert set(drawn.loc[drawn["label"] == 1, "passage_id"]) == set(PASSAGES[:7])


def test_what_was_judged_irrelevant_may_be_a_negative_and_is_no_positive():
    judged = pd.DataFrame({"query_id": "q0", "passage_id": ["p5"], "relevance": 0})
    drawn = draw(["q0"], qrels=pd.concat([QRELS, judged]), rounds=30)
    assert set(drawn.loc[drawn["label"] == 1, "passage_id"]) == {"p0"}
    assert "p5" in set(drawn.loc[drawn["label"] == 0, "passage_id"])


@settings(max_examples=30)
@given(POOLS, st.permutations(QUERIES), st.permutations(PASSAGES), st.randoms(use_true_random=False))
def test_order_does_not_matter(pools, queries, passages, chance):
    pool = candidates(pools)
    shuffled = pool.sample(frac=1, random_state=chance.randrange(2**32))
    expected = draw(pool=pool)
    pd.testing.assert_frame_equal(draw(queries, passages, QRELS[::-1], shuffled), expected)


def test_a_query_draws_the_same_whichever_other_queries_there_are():
    columns = ["round", "passage_id", "label"]
    alone, among = draw(["q3"]), draw().query("query_id == 'q3'")
    assert alone[columns].values.tolist() == among[columns].values.tolist()


def test_later_rounds_leave_earlier_ones_as_they_are():
    pd.testing.assert_frame_equal(draw(rounds=1), draw(rounds=3).query("round == 0"))


def test_rounds_and_seeds_have_other_negatives():
    drawn = draw(rounds=2)
    first, second = (drawn.loc[drawn["round"] == number, "passage_id"].tolist() for number in (0, 1))
    assert first != second
    assert draw(seed=2)["passage_id"].tolist() != drawn["passage_id"].tolist()


def test_without_candidates_all_training_passages_are_the_pool():
    drawn = draw(["q0"], pool=FULL[:0], rounds=40)
    assert set(drawn.loc[drawn["label"] == 0, "passage_id"]) == set(PASSAGES[1:])


def test_the_positive_need_not_be_a_candidate():
    drawn = draw(["q0"], pool=candidates({"q0": PASSAGES[3:9]}))
    assert drawn.loc[drawn["label"] == 1, "passage_id"].eq("p0").all()


def test_a_query_without_a_relevant_training_passage_is_named():
    with pytest.raises(UserError, match=r"query 'q7' has no relevant passage in the training split"):
        draw(passages=[passage for passage in PASSAGES if passage != "p7"])


def test_too_few_passages():
    with pytest.raises(UserError, match="found 4, expected more than 4"):
        draw(["q0"], PASSAGES[:4])


def test_too_few_passages_that_are_not_relevant():
    qrels = pd.DataFrame({"query_id": "q0", "passage_id": PASSAGES[:3], "relevance": 1})
    with pytest.raises(UserError):
        draw(["q0"], PASSAGES[:6], qrels)


def test_no_negative_is_spelt_as_the_positive():
    texts = {passage: "Cat, animal" if passage in PASSAGES[:4] else passage for passage in PASSAGES}
    texts["p2"] = "cat, animal"  # but for case
    for pool in (FULL, FULL[:0]):
        drawn = draw(["q0"], texts, pool=pool, rounds=30)
        assert set(drawn.loc[drawn["label"] == 0, "passage_id"]) == set(PASSAGES[4:])


def test_records_of_the_first_epoch_are_those_without_epochs():
    assert [record_of("p1"), record_of("p1", 2), record_of("p1", 2, 3)] == ["p1/0", "p1/2", "p1/2/3"]


@pytest.mark.parametrize("same", ["TEXT of p1", "te\u00adxt of p1", "ｔext  of p1", "text of p1\u200b"])
def test_a_passage_that_only_spells_the_relevant_one_otherwise_is_no_negative(same):
    texts = {passage: f"text of {passage}" for passage in PASSAGES} | {"p2": same}
    drawn = draw(passages=texts, rounds=5)
    own = drawn[drawn["query_id"] == "q1"]
    assert "p2" not in set(own["passage_id"]) and "p2" in set(drawn["passage_id"])
