"""Token overlap of query and passage against score and relevance."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from switchrank.analyses.overlap import against, measure_overlap, token_overlap, token_sets
from switchrank.encoders.encodings import Encodings, write_encodings
from switchrank.files import write_parquet
from switchrank.languages import Pair, Side

UNKNOWN = 3
TEXTS = st.lists(st.lists(st.integers(0, 8), max_size=8), min_size=1, max_size=6)


@given(TEXTS, st.data())
def test_overlap_is_the_share_of_the_querys_different_known_tokens(texts, data):
    pieces = np.array([token for text in texts for token in text], np.int32)
    offsets = np.cumsum([0, *map(len, texts)])
    rows = st.lists(st.integers(0, len(texts) - 1), min_size=5, max_size=5).map(np.array)
    queries, passages = data.draw(rows), data.draw(rows)
    values = token_overlap(token_sets(pieces, offsets, UNKNOWN), queries, passages)
    for value, query, passage in zip(values, queries, passages, strict=True):
        asked = set(texts[query]) - {UNKNOWN}
        assert value == (len(asked & set(texts[passage])) / len(asked) if asked else 0)


@pytest.fixture
def rows():
    """Two queries with 20 passages each, the first of each relevant; their overlap."""
    generator = np.random.default_rng(1)
    queries = pd.Series(np.repeat(["a", "b"], 20))
    return queries, generator.choice([0, 0.25, 0.5, 1], 40), np.tile(np.arange(20) == 0, 2)


def test_the_correlation_is_spearmans_over_what_is_not_relevant(rows):
    queries, overlap, relevant = rows
    generator = np.random.default_rng(2)
    scores = [overlap + generator.normal(size=40) for _ in range(2)]
    figures = against(*rows, scores).set_index("query_id")
    for query, row in figures.iterrows():
        kept = (queries == query) & ~relevant
        expected = [stats.spearmanr(overlap[kept], score[kept]).statistic for score in scores]
        assert row["correlation"] == pytest.approx(np.mean(expected))
        assert row["overlap_relevant"] == overlap[(queries == query) & relevant].item()


def test_a_ranker_that_goes_by_overlap_has_it_all_on_top(rows):
    figures = against(*rows, [rows[1]])
    assert figures["correlation"].tolist() == pytest.approx([1, 1])
    assert (figures["overlap_top10"] > figures["overlap_rest"]).all()


def test_where_all_overlaps_are_alike_there_is_no_correlation(rows):
    queries, _, relevant = rows
    figures = against(queries, np.full(40, 0.5), relevant, [np.arange(40.0)])
    assert figures["correlation"].isna().all() and (figures["overlap_top10"] == 0.5).all()


class Encoder:
    """Each text is two tokens: one that its language has, and the number of its item."""

    vocabulary, unknown = 11, 10

    def encode_tokens(self, texts):
        pieces = [
            [8 + ("die" in text or text.endswith("de")), int(re.search(r"\d", text)[0])] for text in texts
        ]
        pieces, offsets = np.array(pieces, np.int32).ravel(), 2 * np.arange(len(texts) + 1)
        return pieces, offsets, np.ones((len(pieces), 1)), np.ones((len(texts), 1))


@pytest.fixture
def encodings(corpus, tmp_path):
    paths = {}
    for language in ("en", "de"):
        paths[language] = tmp_path / language
        write_encodings(paths[language], corpus.queries(language), corpus.passages(language), Encoder())
    return Encodings({"collection": paths})


def test_every_system_on_every_pair_by_items(corpus, encodings, tmp_path):
    english, german = Side("en", ("en",)), Side("de", ("de",))
    pairs = {str(pair): pair for pair in (Pair(german, english), Pair(german, german))}

    def run(name, passages, queries=("q4", "q5")):
        table = pd.DataFrame([(query, p) for query in queries for p in passages])
        table.columns = ["query_id", "passage_id"]
        write_parquet(tmp_path / name, table.assign(score=np.arange(float(len(table)))))
        return tmp_path / name

    both = run("both", ["x5", "p5", "p4"], ["q5", "q0", "q4"])  # q0 is no test query
    runs = {
        "zero-shot": {"1": {"de-en": run("a", ["p4", "p5", "p6"])}},
        "ml-cs": {"1": {"de-en": run("b", ["p5", "p4"]), "de-de": both}, "2": {"de-de": both}},
    }
    overlap = measure_overlap(runs, pairs, encodings, corpus)
    keys = list(overlap[["pair", "system", "query_id"]].itertuples(index=False, name=None))
    assert keys == [
        (pair, system, query)
        for pair, system in (("de-en", "zero-shot"), ("de-en", "ml-cs"), ("de-de", "ml-cs"))
        for query in ("q4", "q5")
    ]
    # Relevant passages share the number, German ones the language too; q5 has two of them, q4 here one.
    assert overlap["overlap_relevant"].tolist() == [0.5, 0.5, 0.5, 0.5, 1, 1]
    assert overlap["overlap_top10"].tolist() == [0, 0, 0, 0, 0.5, 0.5]
