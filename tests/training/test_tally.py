"""Counts of what code-switching did."""

import json

from switchrank.training.switching import Switch
from switchrank.training.tally import Tally


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
    known = {"of_its_language": 0, "of_another_language": 0}
    italian = {"drawn": 1, "switched": 0, "spelt_alike": 0, **known, "not_in_lexicon": 1, "share": 0}
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


def test_words_put_in_are_looked_up_in_their_language_and_in_the_next_one():
    tally = Tally("en", 1, {"query": ["it", "de", "ru"], "passage": ["de"]})
    switches = [
        Switch(0, "de", "house", "Haus"),
        Switch(1, "de", "bus stop", "Haltestelle xqzv", 2),  # not all of it is known
        Switch(3, "it", "house", "Haus"),  # known there, but more so in English
        Switch(4, "it", "house", "казалось"),
        Switch(5, "ru", "Hotel", "hotel"),  # borrows nothing
    ]
    tally.add("query", "house bus stop house house hotel", switches)
    tally.add("passage", "house", [Switch(0, "de", "house", "Katze")])
    query, passage = (tally.stats()["sides"][side] for side in ("query", "passage"))
    kinds = ("of_its_language", "of_another_language", "spelt_alike")
    found = {language: [own[kind] for kind in kinds] for language, own in query["languages"].items()}
    assert found == {"de": [1, 0, 0], "it": [0, 1, 0], "ru": [0, 0, 1]}  # de, it, ru, and de again
    assert [query[kind] for kind in kinds] == [1, 1, 1]
    assert [passage[kind] for kind in kinds] == [1, 0, 0]  # the other language is the texts' own


def test_of_a_language_without_a_word_list_no_word_is_known():
    tally = Tally("en", 1, {"query": ["oc", "de"]})
    tally.add("query", "house", [Switch(0, "oc", "house", "Haus")])
    query = tally.stats()["sides"]["query"]
    assert (query["of_its_language"], query["of_another_language"]) == (0, 1)


def test_a_word_that_dropout_spares_is_neither_left_out_nor_unknown():
    tally = Tally("en", 1, {"query": ["de"]})
    tally.add("query", "red heart", [Switch(0, "de", "red", None, spared=True), Switch(1, "de", "heart", "")])
    query = tally.stats()["sides"]["query"]
    expected = {"drawn": 2, "switched": 1, "spared": 1, "not_in_lexicon": 0, "spelt_alike": 0}
    assert {key: query[key] for key in expected} == expected


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
