"""Examples are chosen by rule."""

import pandas as pd
import pytest

from switchrank.analyses.examples import choose, example, related

QRELS = pd.DataFrame({"query_id": ["a", "b", "c"], "passage_id": ["pa", "pb", "pc"], "relevance": 1})


def run(**places):
    """A run of three passages a query in which the relevant one stands at a place."""
    rows = []
    for query, place in places.items():
        others = [p for p in QRELS["passage_id"] if p != f"p{query}"]
        ranked = [*others[: place - 1], f"p{query}", *others[place - 1 :]]
        rows += [(query, passage, -float(rank)) for rank, passage in enumerate(ranked)]
    return pd.DataFrame(rows, columns=["query_id", "passage_id", "score"])


@pytest.mark.parametrize(
    ("after", "before", "chosen"),
    [
        (run(a=1, b=1, c=3), run(a=2, b=3, c=1), ["b", "c"]),  # rose most, fell most
        (run(a=1, b=1, c=1), run(a=2, b=2, c=1), ["a"]),  # of equals the first; nothing fell
        (run(a=1, b=1, c=1), run(a=1, b=1, c=1), []),
    ],
)
def test_the_query_that_rose_most_and_the_one_that_fell_most(after, before, chosen):
    assert choose(after, before, QRELS, ["a", "b", "c"]) == chosen


def test_an_example_has_its_candidates_before_and_after():
    texts = {
        "query": {"a": "Q"}, "english_query": {"a": "q"},
        "passage": {p: p.upper() for p in QRELS["passage_id"]},
        "english_passage": {p: p for p in QRELS["passage_id"]},
    }  # fmt: skip
    made = example("a", run(a=1), run(a=3), "pa", texts, dict.fromkeys(QRELS["passage_id"], "de"))
    assert (made["rank_before"], made["rank_after"]) == (3, 1)
    assert [shown["text"] for shown in made["after"]] == ["PA", "PB", "PC"]
    assert [shown["relevant"] for shown in made["before"]] == [False, False, True]


def test_a_training_text_that_has_to_do_with_the_query_else_with_its_passage():
    training = {"1": "ampersand, and", "2": "cat face, cat", "3": "dog, face"}
    assert related(["grinning face", "cat"], training) == "2"
    assert related(["pancakes", "dog, food"], training) == "3"
    assert related(["rock and roll", "music"], training) == "1"  # "and" is a stop word: the first of all
