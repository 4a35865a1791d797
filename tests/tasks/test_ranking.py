"""RR@10 and the ceiling, against other libraries and by law."""

import ir_measures
import numpy as np
import pandas as pd
import pytest
import ranx
from hypothesis import given, settings
from hypothesis import strategies as st

from switchrank.errors import UserError
from switchrank.tasks.ranking import ceiling, ranking, reciprocal_ranks, shared_names

QUERIES = ["q1", "q2", "q3"]
laws = settings(deadline=None, max_examples=50)  # ranx compiles at the first call


def run_of(**scores):
    rows = [(query, passage, score) for query, found in scores.items() for passage, score in found.items()]
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "score"])


def qrels_of(**relevance):
    frame = run_of(**relevance)
    return frame.rename(columns={"score": "relevance"}).astype({"relevance": "int64"})


@st.composite
def runs(draw):
    """A run with many ties and qrels over it; some queries without rows, some without relevant passages."""
    passage = st.integers(0, 30).map("p{}".format)
    scores = draw(
        st.fixed_dictionaries({query: st.dictionaries(passage, st.integers(-2, 2)) for query in QUERIES})
    )
    relevance = draw(
        st.fixed_dictionaries(
            {query: st.dictionaries(passage, st.integers(0, 2), max_size=5) for query in QUERIES}
        )
    )
    return run_of(**scores).astype({"score": "float64"}), qrels_of(**relevance)


def by_definition(run, qrels, query):
    rows = run[run["query_id"] == query].itertuples()
    ranked = sorted((-row.score, row.passage_id) for row in rows)
    relevant = set(qrels[(qrels["query_id"] == query) & (qrels["relevance"] > 0)]["passage_id"])
    return next((1 / rank for rank, (_, id_) in enumerate(ranked[:10], start=1) if id_ in relevant), 0.0)


@laws
@given(runs())
def test_it_is_what_the_definition_says(case):
    run, qrels = case
    expected = [by_definition(run, qrels, query) for query in QUERIES]
    assert reciprocal_ranks(run, qrels, QUERIES).tolist() == expected


@laws
@given(runs(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(case, random):
    run, qrels = case
    order = random.sample(range(len(run)), len(run))
    pd.testing.assert_series_equal(
        reciprocal_ranks(run.iloc[order], qrels.iloc[::-1], QUERIES), reciprocal_ranks(run, qrels, QUERIES)
    )


@laws
@given(runs(), st.floats(0.1, 10), st.floats(-5, 5))
def test_only_the_order_of_scores_matters(case, factor, shift):
    run, qrels = case
    moved = run.assign(score=np.exp(factor * run["score"] + shift))
    pd.testing.assert_series_equal(
        reciprocal_ranks(moved, qrels, QUERIES), reciprocal_ranks(run, qrels, QUERIES)
    )


@laws
@given(runs())
def test_no_run_exceeds_the_ceiling_of_its_candidates(case):
    run, qrels = case
    assert reciprocal_ranks(run, qrels, QUERIES).mean() <= ceiling(run, qrels, QUERIES)


def test_it_equals_ranx_and_ir_measures_on_runs_with_ties():
    rng = np.random.default_rng(7)
    queries = [f"q{number:02}" for number in range(40)]
    grid = pd.MultiIndex.from_product([queries, [f"p{number:02}" for number in range(30)]])
    run = pd.DataFrame(grid.to_list(), columns=["query_id", "passage_id"])
    run["score"] = rng.integers(0, 6, len(run)) / 4
    qrels = run[["query_id", "passage_id"]].sample(frac=0.1, random_state=3).assign(relevance=1)
    ours = reciprocal_ranks(run, qrels, queries)

    # Both are given ties that are resolved: neither says what it does with them.
    resolved = run.sort_values(["score", "passage_id"], ascending=[False, True]).assign(
        score=lambda frame: -np.arange(len(frame), dtype=float)
    )
    nested = {q: dict(zip(f["passage_id"], f["score"], strict=True)) for q, f in resolved.groupby("query_id")}
    relevant = {query: dict.fromkeys(found["passage_id"], 1) for query, found in qrels.groupby("query_id")}
    judged = {query: relevant.get(query, {"none": 1}) for query in nested}
    assert ours.mean() == pytest.approx(ranx.evaluate(judged, nested, "mrr@10"), abs=1e-12)
    theirs = {m.query_id: m.value for m in ir_measures.iter_calc([ir_measures.RR @ 10], judged, nested)}
    assert ours.to_dict() == pytest.approx(theirs, abs=1e-12)
    assert 0 < ours.mean() < 1


def test_queries_without_rows_or_relevant_passages_count_zero():
    run = run_of(q1={"p1": 2.0, "p2": 1.0}, q2={"p1": 1.0}, elsewhere={"p1": 1.0})
    qrels = qrels_of(q1={"p2": 1}, q2={"p1": 0}, q3={"p1": 1})
    found = reciprocal_ranks(run, qrels, ["q3", "q1", "q2"])
    assert found.to_dict() == {"q3": 0.0, "q1": 0.5, "q2": 0.0}
    assert list(found.index) == ["q3", "q1", "q2"]
    assert found.index.name == "query_id"


def test_an_empty_run_and_empty_qrels_give_zeros():
    nothing = run_of()
    assert reciprocal_ranks(nothing, qrels_of(), QUERIES).tolist() == [0.0] * 3


def test_rank_eleven_counts_nothing():
    run = run_of(q1={f"p{number:02}": 20.0 - number for number in range(12)})
    assert reciprocal_ranks(run, qrels_of(q1={"p09": 1}), ["q1"]).tolist() == [0.1]
    assert reciprocal_ranks(run, qrels_of(q1={"p10": 1}), ["q1"]).tolist() == [0.0]


def test_ties_are_ranked_by_passage_id():
    ranked = ranking(run_of(q1={"b": 1.0, "c": 2.0, "a": 1.0}, q0={"z": 0.0}))
    assert ranked["passage_id"].tolist() == ["z", "c", "a", "b"]
    assert ranked["rank"].tolist() == [1, 1, 2, 3]


def test_a_score_that_is_no_number_is_named():
    with pytest.raises(UserError, match="query 'q1', passage 'p2'"):
        ranking(run_of(q1={"p1": 1.0, "p2": float("nan")}))


def test_a_passage_that_occurs_twice_is_named():
    run = run_of(q1={"p1": 1.0})
    with pytest.raises(UserError, match="query 'q1': found passage 'p1' twice"):
        ranking(pd.concat([run, run]))


def test_the_ceiling_is_a_share_of_all_queries():
    candidates = run_of(q1={"p1": 1.0, "p2": 0.0}, q2={"p1": 1.0})
    qrels = qrels_of(q1={"p2": 1}, q2={"p1": 0, "p2": 1}, q3={"p1": 1})
    assert ceiling(candidates, qrels, QUERIES) == pytest.approx(1 / 3)
    assert ceiling(candidates, qrels, ["q1"]) == 1.0


def test_shared_names_ignore_case_and_composition_and_keep_what_is_english():
    def texts(*values):
        return pd.DataFrame({"query_id": [f"q{n}" for n in range(len(values))], "text": values})

    english = texts("Robot", "caf\u00e9", "cat", "taxi")
    mixed = texts("robot", "cafe\u0301", "Katze", "taxi")
    assert shared_names(mixed, english, in_english=[]) == {"q0", "q1", "q3"}
    assert shared_names(mixed, english, in_english=["q3"]) == {"q0", "q1"}
    assert shared_names(english, english, in_english=english["query_id"]) == set()
