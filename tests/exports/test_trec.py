"""Runs and qrels of TREC, read by the field's own tools."""

import ir_measures
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR

from switchrank.errors import UserError
from switchrank.exports.trec import to_qrels, to_run
from switchrank.tasks.ranking import measure, ranking

PASSAGES = [f"p{place}" for place in range(14)]
SCORES = st.sampled_from([0.5, 0.50001, 1 / 3, -2.0, 1e-9, 0.0])  # many ties
RUNS = st.lists(st.lists(SCORES, min_size=1, max_size=14), min_size=1, max_size=4).map(
    lambda queries: pd.DataFrame(
        [(f"q{q}", PASSAGES[p], score) for q, scores in enumerate(queries) for p, score in enumerate(scores)],
        columns=["query_id", "passage_id", "score"],
    )
)


def judged(run, place):
    queries = run["query_id"].unique()
    return pd.DataFrame({"query_id": queries, "passage_id": PASSAGES[place], "relevance": 1})


@settings(deadline=None, max_examples=40)
@given(RUNS, st.integers(0, 13))
def test_other_tools_give_the_same_reciprocal_rank_of_every_query(run, place):
    qrels = judged(run, place)
    expected = measure(run, qrels, list(qrels["query_id"]), ["MRR@10"])["MRR@10"].to_dict()
    read = (
        list(ir_measures.read_trec_qrels(to_qrels(qrels))),
        list(ir_measures.read_trec_run(to_run(run, "tag"))),
    )
    for provider, metric in (
        (ir_measures, RR @ 10),
        (ir_measures.pytrec_eval, RR),
    ):  # trec_eval has no cut-off
        result = {value.query_id: value.value for value in provider.iter_calc([metric], *read)}
        cut = {query: value if value >= 0.1 else 0.0 for query, value in result.items()}
        assert cut == pytest.approx(expected)


@settings(deadline=None)
@given(RUNS)
def test_the_scores_give_our_order_and_have_no_ties(run):
    rows = [line.split() for line in to_run(run, "tag").splitlines()]
    ours = ranking(run)
    assert [(row[0], row[2], int(row[3])) for row in rows] == list(
        zip(ours["query_id"], ours["passage_id"], ours["rank"], strict=True)
    )
    for query in run["query_id"].unique():
        scores = [float(row[4]) for row in rows if row[0] == query]
        assert scores == sorted(set(scores), reverse=True)


def test_lines_are_those_of_the_format():
    run = pd.DataFrame({"query_id": ["q", "q"], "passage_id": ["a", "b"], "score": [0.1, 0.9]})
    assert to_run(run, "ml-cs-seed1") == "q Q0 b 1 2 ml-cs-seed1\nq Q0 a 2 1 ml-cs-seed1\n"
    assert to_qrels(run.assign(relevance=1)) == "q 0 a 1\nq 0 b 1\n"


@pytest.mark.parametrize("bad", ["p 1", "", "p\t1"])
def test_an_id_with_white_space_is_refused(bad):
    run = pd.DataFrame({"query_id": ["q"], "passage_id": [bad], "score": [0.1]})
    with pytest.raises(UserError, match="passage_id: found"):
        to_run(run, "tag")
