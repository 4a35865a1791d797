"""Measures and ceilings, against other libraries and by law."""

import ir_measures
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import AP, RR, P, R, Rprec, Success, nDCG

from switchrank.collections.base import Contents, Corpus
from switchrank.errors import UserError
from switchrank.languages import Side, parse_pair, sides
from switchrank.tasks.ranking import (
    ceilings,
    check_metric,
    evaluated_queries,
    measure,
    per_query_name,
    ranking,
)

QUERIES = ["q1", "q2", "q3"]
# What ir_measures calls a metric of ranx.
METRICS = {
    "MRR@10": RR @ 10,
    "mrr": RR,
    "nDCG@10": nDCG @ 10,
    "NDCG": nDCG,
    "Recall@5": R @ 5,
    "recall@100": R @ 100,
    "map@100": AP @ 100,
    "MAP": AP,
    "hit_rate@5": Success @ 5,
    "precision@3": P @ 3,
    "precision@50": P @ 50,
    "r-precision": Rprec,
}
laws = settings(deadline=None, max_examples=50)  # ranx compiles at the first call


def run_of(**scores):
    rows = [(query, passage, score) for query, result in scores.items() for passage, score in result.items()]
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "score"])


def reciprocal_ranks(run, qrels, queries):
    return measure(run, qrels, queries, ["MRR@10"])["MRR@10"]


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


def by_ir_measures(run, qrels, query):
    """Each metric of one query; ties are resolved before, as tools do not say what they do with them."""
    rows, resolved = qrels[qrels["query_id"] == query], ranking(run[run["query_id"] == query])
    if rows.empty or resolved.empty:
        return dict.fromkeys(METRICS, 0.0)
    judged = {query: dict(zip(rows["passage_id"], rows["relevance"], strict=True))}
    scores = {query: dict(zip(resolved["passage_id"], -resolved["rank"].astype(float), strict=True))}
    values = ir_measures.iter_calc(set(METRICS.values()), judged, scores)
    by_measure = {value.measure: value.value for value in values}
    return {metric: by_measure[name] for metric, name in METRICS.items()}


@settings(max_examples=100)
@given(runs())
def test_every_metric_is_that_of_trec_eval(case):
    run, qrels = case
    result = measure(run, qrels, QUERIES, list(METRICS))
    assert list(result.columns) == list(METRICS)
    for query in QUERIES:
        assert result.loc[query].to_dict() == pytest.approx(by_ir_measures(run, qrels, query), abs=1e-9)


def test_all_metrics_known_are_compared_with_trec_eval():
    known = {name.lower().partition("@")[0] for name in METRICS}
    with pytest.raises(UserError) as error:
        check_metric("unknown")
    listed = str(error.value).partition("expected one of ")[2].removesuffix(", as in MRR@10")
    assert {name.lower() for name in listed.split(", ")} == known


def test_a_metric_measured_alone_or_with_others_is_the_same():
    rng = np.random.default_rng(7)
    grid = pd.MultiIndex.from_product([QUERIES, [f"p{number:02}" for number in range(30)]])
    run = pd.DataFrame(grid.to_list(), columns=["query_id", "passage_id"])
    run["score"] = rng.integers(0, 6, len(run)) / 4
    qrels = run[["query_id", "passage_id"]].sample(frac=0.2, random_state=3).assign(relevance=2)
    together = measure(run, qrels, QUERIES, list(METRICS))
    for metric in METRICS:
        pd.testing.assert_series_equal(measure(run, qrels, QUERIES, [metric])[metric], together[metric])
    assert together["MRR@10"].mean() > 0 and together["MRR@10"].equals(together["mrr"])


def test_graded_relevance_is_the_gain_of_ndcg():
    run = run_of(q1={"best": 1.0, "good": 2.0})
    result = measure(run, qrels_of(q1={"good": 1, "best": 3}), ["q1"], ["nDCG@10", "Recall@1"])
    expected = (1 + 3 / np.log2(3)) / (3 + 1 / np.log2(3))
    assert result.loc["q1"].to_dict() == pytest.approx({"nDCG@10": expected, "Recall@1": 0.5})


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("MMR@10", "found 'MMR@10', expected one of MRR, .*; did you mean MRR?"),
        ("ndgc@5", "did you mean nDCG?"),
        ("hit-rate", "did you mean hit_rate"),
        ("xyz", "found 'xyz', expected one of MRR, MAP, nDCG"),
        ("MRR@0", "expected a cutoff of 1 or more, as in MRR@10"),
        ("MRR@", "expected a cutoff of 1 or more"),
        ("MRR@ten", "expected a cutoff of 1 or more"),
        ("precision", "as in precision@10"),
        ("r-precision@5", "without a cutoff"),
        ("MRR@10-l2", "expected a cutoff of 1 or more"),
    ],
)
def test_what_is_no_metric_is_told_in_one_line(metric, said):
    with pytest.raises(UserError, match=said) as error:
        check_metric(metric)
    assert "\n" not in str(error.value)


def test_metrics_are_known_in_any_casing():
    for metric in ("MRR@10", "mrr@10", "nDCG", "NDCG@100", "R-Precision", "Hit_Rate@1"):
        check_metric(metric)


def test_the_name_of_a_metric_for_one_query():
    names = {metric: per_query_name(metric) for metric in ("MRR@10", "map@100", "nDCG@10", "Recall@5")}
    assert names == {"MRR@10": "RR@10", "map@100": "ap@100", "nDCG@10": "nDCG@10", "Recall@5": "Recall@5"}


def test_queries_without_rows_or_relevant_passages_count_zero():
    run = run_of(q1={"p1": 2.0, "p2": 1.0}, q2={"p1": 1.0}, elsewhere={"p1": 1.0})
    qrels = qrels_of(q1={"p2": 1}, q2={"p1": 0}, q3={"p1": 1})
    result = reciprocal_ranks(run, qrels, ["q3", "q1", "q2"])
    assert result.to_dict() == {"q3": 0.0, "q1": 0.5, "q2": 0.0}
    assert list(result.index) == ["q3", "q1", "q2"]
    assert result.index.name == "query_id"


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


def test_a_score_that_is_infinite_is_named():
    with pytest.raises(UserError, match="'q1', passage 'p2': found -inf, expected a finite number"):
        ranking(run_of(q1={"p1": 1.0, "p2": float("-inf")}))


RUN, QRELS = run_of(**{"1": {"7": 1.0}, "2": {"8": 1.0}}), qrels_of(**{"1": {"7": 1}, "2": {"9": 1}})


def numbered(table, *columns):
    return table.astype(dict.fromkeys(columns, "int64"))


@pytest.mark.parametrize(
    ("run", "qrels", "queries", "told"),
    [
        (numbered(RUN, "query_id"), QRELS, ["1", "2"], "run: query_id: found 1, expected a text"),
        (numbered(RUN, "passage_id"), QRELS, ["1", "2"], "run: passage_id: found 7, expected a text"),
        (RUN, numbered(QRELS, "query_id"), ["1", "2"], "qrels: query_id: found 1, expected a text"),
        (RUN, numbered(QRELS, "passage_id"), ["1", "2"], "qrels: passage_id: found 7, expected a text"),
        (RUN, QRELS, [1, 2], "queries: query_id: found 1, expected a text"),
        (RUN.assign(passage_id=["7", 8]), QRELS, ["1", "2"], "run: passage_id: found 8, expected a text"),
        (RUN, QRELS, ["q1", "q2"], "run: query_id: found '1' and others, none of them a query to evaluate"),
        (RUN, qrels_of(q1={"7": 1}), ["1", "2"], "qrels: query_id: found 'q1' and others, none of them a qu"),
        (numbered(run_of(), "query_id"), QRELS, ["1"], "run: query_id: found int64, expected a text"),
    ],
)
def test_ids_that_match_nothing_are_told_and_not_measured(run, qrels, queries, told):
    with pytest.raises(UserError) as error:
        measure(run, qrels, queries, ["MRR@10"])
    assert str(error.value).startswith(told)
    assert measure(RUN, QRELS, ["1", "2"], ["MRR@10"])["MRR@10"].tolist() == [1.0, 0.0]


def test_a_passage_that_occurs_twice_is_named():
    run = run_of(q1={"p1": 1.0})
    with pytest.raises(UserError, match="query 'q1': found passage 'p1' twice"):
        ranking(pd.concat([run, run]))


def test_the_queries_of_a_pair_are_the_test_queries_that_its_side_has(tmp_path):
    texts = {
        language: pd.Series("text", index=pd.Index(ids))
        for language, ids in (("en", ["q1", "q2"]), ("de", ["q2", "q3"]))
    }
    splits = [("query", "q1", "test"), ("query", "q3", "test"), ("query", "q2", "train")]
    Contents(
        queries=texts,
        passages=texts,
        qrels=qrels_of(q1={"q1": 1}),
        splits=pd.DataFrame(splits, columns=["side", "id", "split"]),
    ).write(tmp_path)
    corpus = Corpus.read(tmp_path)
    sides = [Side("en", ("en",)), Side("de", ("de",)), Side("both", ("en", "de"))]
    assert [evaluated_queries(corpus, side) for side in sides] == [["q1"], ["q3"], ["q1", "q3"]]


SIDES = sides(["en", "de"], {"xx2": ["en", "de"]})
PAIRS = {name: parse_pair(name, SIDES) for name in ("en-de", "de-en", "de-xx2")}
PASSAGES = {
    "en": {"p1": "cat", "p2": "puss", "p3": "dog"},
    "de": {"p1": "Katze", "p2": "Katze", "p3": "Hund"},
}


def corpus_of(folder, qrels, passages=PASSAGES):
    """Three test queries in two languages, passages by language and id."""
    queries = dict.fromkeys(passages, pd.Series("text", QUERIES))
    splits = pd.DataFrame([("query", query, "test") for query in QUERIES], columns=["side", "id", "split"])
    Contents(queries, {name: pd.Series(by_id) for name, by_id in passages.items()}, qrels, splits).write(
        folder
    )
    return Corpus.read(folder)


def ceilings_of(candidates, corpus, metric="MRR@10", queries=QUERIES):
    return ceilings(candidates, corpus, dict.fromkeys(PAIRS, queries), PAIRS, metric)


EVERY = run_of(**{query: dict.fromkeys(PASSAGES["en"], 0.0) for query in QUERIES})


def test_passages_of_the_relevant_text_are_not_told_apart(tmp_path):
    corpus = corpus_of(tmp_path, qrels_of(q1={"p2": 1}, q2={"p1": 1}, q3={"p3": 1}))
    reached = ceilings_of(EVERY, corpus)
    # In German, the first query's passage comes behind another of the same text.
    assert (reached["de-en"], reached["en-de"]) == (1.0, pytest.approx((1 / 2 + 1 + 1) / 3))
    assert ceilings_of(EVERY, corpus, "Recall@1")["en-de"] == pytest.approx(2 / 3)
    assert ceilings_of(EVERY, corpus, "Recall@10")["en-de"] == 1.0
    assert ceilings_of(EVERY, corpus, queries=["q1"])["en-de"] == 0.5


def test_a_query_whose_passage_is_no_candidate_counts_nothing(tmp_path):
    corpus = corpus_of(tmp_path, qrels_of(q1={"p2": 1}, q2={"p1": 1}))  # q3 has no relevant passage at all
    candidates = EVERY[(EVERY["query_id"] != "q1") | (EVERY["passage_id"] != "p2")]
    assert ceilings_of(candidates, corpus)["en-de"] == pytest.approx(1 / 3)  # the twin of p2 does not count
    assert ceilings_of(candidates, corpus, queries=["q1"])["en-de"] == 0.0


def test_the_most_relevant_text_comes_first(tmp_path):
    corpus = corpus_of(tmp_path, qrels_of(**{query: {"p2": 1, "p3": 2} for query in QUERIES}))
    assert ceilings_of(EVERY, corpus, "nDCG@10")["de-en"] == pytest.approx(1)
    expected = (2 + 1 / np.log2(4)) / (2 + 1 / np.log2(3))  # p1, of p2's text in German, is second
    assert ceilings_of(EVERY, corpus, "nDCG@10")["en-de"] == pytest.approx(expected)


def test_candidates_that_differ_by_pair_have_a_ceiling_for_each(tmp_path):
    corpus = corpus_of(tmp_path, qrels_of(**{query: {"p3": 1} for query in QUERIES}))
    lacking = EVERY[EVERY["passage_id"] != "p3"]
    candidates = pd.concat(
        [EVERY.assign(pair=p) for p in ("en-de", "de-de")] + [lacking.assign(pair="de-en")]
    )
    reached = ceilings_of(candidates, corpus)
    german = corpus.side_languages("passage", SIDES["xx2"])["p3"] == "de"
    assert reached == {"en-de": 1.0, "de-en": 0.0, "de-xx2": float(german)}


@pytest.mark.parametrize("seed", range(12))
def test_no_ranker_that_goes_by_texts_exceeds_the_ceiling(seed, tmp_path):
    rng = np.random.default_rng(seed)
    ids = [f"p{number}" for number in range(8)]
    texts = {language: dict(zip(ids, rng.choice(list("abcd"), 8), strict=True)) for language in PASSAGES}
    relevant = dict(zip(QUERIES, rng.choice(ids, 3), strict=True))
    corpus = corpus_of(tmp_path, qrels_of(**{q: {p: 1} for q, p in relevant.items()}), texts)
    candidates = run_of(**{query: dict.fromkeys(ids, 0.0) for query in QUERIES}).sample(
        frac=0.7, random_state=seed
    )
    for metric in ("MRR@10", "nDCG@10", "Recall@2", "MAP"):
        bound = ceilings_of(candidates, corpus, metric)
        for name, language in (("en-de", "de"), ("de-en", "en")):
            for _ in range(10):
                scores = dict(zip("abcd", rng.permutation(4), strict=True))
                run = candidates.assign(score=candidates["passage_id"].map(texts[language]).map(scores))
                assert measure(run, corpus.qrels, QUERIES, [metric])[metric].mean() <= bound[name] + 1e-12


def test_ceilings_of_ids_that_are_numbers_are_refused(tmp_path):
    corpus = corpus_of(tmp_path, qrels_of(q1={"p2": 1}))
    with pytest.raises(UserError, match="candidates: query_id: found 1, expected a text"):
        ceilings_of(EVERY.assign(query_id=1), corpus)
