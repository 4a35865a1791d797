"""Examples are chosen by rule, and show what was trained on."""

import json

import pandas as pd
import pytest

from switchrank.analyses.examples import choose, example, make_examples, pieces, related, rule
from switchrank.files import write_parquet
from switchrank.languages import Pair, Side
from switchrank.training.switching import Switch, Switcher

QRELS = pd.DataFrame({"query_id": ["a", "b", "c"], "passage_id": ["pa", "pb", "pc"], "relevance": 1})
PAIR = Pair(Side("de", ("de",)), Side("both", ("en", "de")))


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
    assert choose(after, before, QRELS, ["a", "b", "c"], "MRR@10") == chosen


def test_the_rule_names_the_metric():
    assert "RR@10 rose most" in rule("MRR@10") and "nDCG@10 rose most" in rule("nDCG@10")


def ranked(query, *passages):
    """A run of a query."""
    scores = -pd.RangeIndex(len(passages)).astype(float)
    return pd.DataFrame({"query_id": query, "passage_id": passages, "score": scores})


def test_an_example_has_its_candidates_before_and_after(corpus):
    before = ranked("q4", "p1", "x5", "p2", "x4", "p3", "p4")
    after = ranked("q4", "x4", "p1", "x5", "p2", "p3", "p4")
    shown = example("q4", after, before, ["p4", "x4"], PAIR, corpus, "en")
    assert (shown["rank_before"], shown["rank_after"]) == (4, 1)
    assert (shown["query"], shown["source_query"]) == ("die rote q4", "the red nameq4")
    assert shown["relevant"] == "red, words of x4 de"  # of the two the one that is ranked best
    assert shown["source_relevant"] is None  # it has no English text
    languages = corpus.side_languages("passage", PAIR.document)
    best = shown["before"]
    assert [row["relevant"] for row in best] == [False, False, False, True, False]
    assert [row["text"] for row in best[:2]] == [f"red, words of p1 {languages['p1']}", "red, words of x5 de"]
    assert [row["source"] for row in best[:2]] == ["red, words of p1 en", None]


def test_relevant_passages_that_are_no_candidates_have_no_rank(corpus):
    shown = example("q4", *[ranked("q4", "p1", "p2")] * 2, ["none", "p4"], PAIR, corpus, "en")
    assert shown["rank_before"] is None and "p4" in shown["relevant"]


def test_a_training_text_that_has_to_do_with_the_query_else_with_its_passage():
    training = {"2": {"cat", "face"}, "1": {"ampersand"}, "3": {"dog", "face"}}
    assert related([{"grinning", "face"}, {"cat"}], training) == "2"
    assert related([{"pancakes"}, {"dog", "food"}], training) == "3"
    assert related([{"rock"}, set()], training) == "1"  # the first of all


def test_pieces_make_up_the_switched_text():
    lexicons = {"de": {"red cat": [("rote Katze", 1.0)], "cat": [("Katze", 1.0)]}}
    text = "a cat, a Red cat; category"
    switched, switches, _ = Switcher("en", {"query": lexicons}, 1.0, 1)(text, "r/0", "query")
    cut = pieces(text, switches, "en")
    assert "".join(text for text, _, _ in cut) == switched
    assert cut == [
        ["a ", "", ""],
        ["Katze", "cat", "de"],
        [", a ", "", ""],
        ["Rote Katze", "Red cat", "de"],
        ["; category", "", ""],
    ]
    assert pieces("cat", [Switch(0, "de", "cat", None)], "en") == [["cat", "", ""]]


def test_examples_come_with_training_text_of_the_first_round(corpus, tmp_path):
    asked = []

    def switcher(text, record, kind):
        asked.append((record, kind))
        return Switcher("en", {kind: {"de": {"red": [("rot", 1.0)]}}}, 1.0, 1)(text, record, kind)

    runs = {}
    for name, order in (("before", ["p1", "x5", "p5"]), ("after", ["x5", "p1", "p5"])):
        table = pd.concat([ranked("q5", *order), ranked("q6", "p1", "p6")])
        write_parquet(tmp_path / name, table)
        runs[name] = {"de-both": tmp_path / name}
    (shown,) = make_examples(
        "ml-cs",
        "zero-shot",
        runs["after"],
        runs["before"],
        {"de-both": PAIR},
        corpus,
        switcher,
        "en",
        "MRR@10",
    )
    assert (shown["pair"], shown["system"], shown["reference"]) == ("de-both", "ml-cs", "zero-shot")
    assert (shown["query_id"], shown["rule"]) == ("q5", rule("MRR@10"))
    assert asked == [("q0/0", "query"), ("p0/0", "passage")]  # it shares "red"; "the" is a stop word
    assert shown["training"] == {
        "query": "the red nameq0",
        "switched_query": [["the ", "", ""], ["rot", "red", "de"], [" nameq0", "", ""]],
        "passage": "red, words of p0 en",
        "switched_passage": [["rot", "red", "de"], [", words of p0 en", "", ""]],
    }
    assert json.loads(json.dumps(shown)) == shown


@pytest.mark.parametrize(
    ("language", "text", "lexicon", "expected"),
    [
        ("fr", "l'eau, l'eau", {"eau": "Wasser"}, ["l' ", "Wasser", ", l' ", "Wasser"]),
        ("fr", "l'eau", {"l'": "das", "eau": "Wasser"}, ["das", " ", "Wasser"]),
        ("hi", "लाल \u0958लम लाल", {"\u0915\u093cलम": "Stift"}, ["लाल ", "Stift", " लाल"]),
        ("ar", "قلب كَلِمَة", {"كلمة": "Wort"}, ["قلب ", "Wort"]),
        ("en", "red red, red", {"red": "rot"}, ["rot", " ", "rot", ", ", "rot"]),
    ],
)
def test_pieces_are_cut_where_the_switcher_replaced_words(language, text, lexicon, expected):
    lexicons = {"de": {source: [(target, 1.0)] for source, target in lexicon.items()}}
    switched, switches, _ = Switcher(language, {"query": lexicons}, 1.0, 1)(text, "r/0", "query")
    cut = pieces(text, switches, language)
    assert [piece for piece, _, _ in cut] == expected
    assert "".join(expected) == switched
    for piece, word, own in cut:
        assert (own == "de") == (piece in lexicon.values()) == bool(word)
