"""Counts of what code-switching did."""

import json

from switchrank.training.switching import Switch, Tally


def test_counts_by_side_and_language():
    tally = Tally("en", 0.5, {"query": ["it", "de"], "passage": ["de"]})
    switches = [Switch(0, "de", "red", "rot"), Switch(3, "it", "unknown", None)]
    tally.add("query", "red hotel, nice unknown", switches)
    tally.add("query", "hotel", [Switch(0, "de", "hotel", "hotel")])
    tally.add("passage", "red", [])
    stats = tally.stats()
    assert json.loads(json.dumps(stats)) == stats
    query = stats["sides"]["query"]
    expected = {"texts": 2, "words": 5, "drawn": 3, "switched": 2, "spelt_alike": 1, "not_in_lexicon": 1}
    assert {key: query[key] for key in expected} == expected
    assert query["realised_ratio"] == 0.4
    italian = {"drawn": 1, "switched": 0, "spelt_alike": 0, "not_in_lexicon": 1, "share": 0}
    assert query["languages"]["it"] == italian
    assert stats["nominal_ratio"] == 0.5
    assert stats["sides"]["passage"]["realised_ratio"] == 0
    assert list(stats["sides"]["passage"]["languages"]) == ["de"]
    assert "target_words" not in query


def test_the_words_of_a_title_are_counted_each():
    tally = Tally("en", 1, {"query": ["de"]})
    tally.add("query", "red bus stop", [Switch(1, "de", "bus stop", "Haltestelle", 2)])
    query = tally.stats()["sides"]["query"]
    assert (query["switched"], query["words"], query["realised_ratio"]) == (2, 3, 2 / 3)


def test_texts_that_fall_short_of_the_target_are_counted():
    tally = Tally("en", 1, {"query": ["de"]})
    tally.add("query", "red heart", [Switch(0, "de", "red", "rot")], wanted=2)
    tally.add("query", "red", [Switch(0, "de", "red", "rot")], wanted=1)
    query = tally.stats()["sides"]["query"]
    assert (query["target_words"], query["texts_short"]) == (3, 1)


def test_words_are_counted_and_compared_in_their_languages():
    tally = Tally("fr", 1, {"query": ["de", "tr"]})
    switches = [
        Switch(1, "de", "or", "Gold"),
        Switch(2, "de", "CAFE\u0301", "CAFÉ"),
        Switch(3, "tr", "KILO", "KİLO"),
    ]
    tally.add("query", "l'or CAFE\u0301 KILO", switches)
    query = tally.stats()["sides"]["query"]
    assert (query["words"], query["spelt_alike"]) == (4, 2)
