"""Code-switching: its draws, its casing, its counts."""

import json
import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.switching import Switch, Tally, switch
from switchrank.words import normalize, word_spans, words

LEXICONS = {
    "de": {"red": "rot", "heart": "herz", "street": "straße", "dog's": "hundes", "hotel": "hotel"},
    "it": {"red": "rosso", "heart": "cuore", "hotel": "albergo"},
    "ru": {"red": "красный", "heart": "сердце"},
}
TEXTS = st.lists(
    st.sampled_from(["red", "Heart", "HOTEL", "unknown", "dog’s", "street", "❤️", "-", ", ", " ", "…", "I"]),
    max_size=25,
).map("".join) | st.text(max_size=40)
RATIOS = st.floats(0, 1)
SEEDS = st.integers(0, 2**40)
RECORDS = st.text(max_size=8)
LONG = " ".join(["red heart unknown hotel"] * 2500)


def gaps(text):
    """What lies between the words."""
    ends = [0, *(end for _, end in word_spans(text))]
    starts = [*(start for start, _ in word_spans(text)), len(text)]
    return [text[end:start] for end, start in zip(ends, starts, strict=True)]


@given(TEXTS, SEEDS, RECORDS)
def test_ratio_0_changes_nothing(text, seed, record):
    assert switch(text, LEXICONS, 0, seed, record, "query") == (text, [])


@given(TEXTS, SEEDS, RECORDS)
def test_ratio_1_switches_every_word_that_the_drawn_lexicon_has(text, seed, record):
    _, switches = switch(text, LEXICONS, 1, seed, record, "query")
    spelt = words(text)
    assert [item.position for item in switches] == list(range(len(spelt)))
    for item in switches:
        assert item.word == spelt[item.position]
        assert (item.translation is not None) == (normalize(item.word) in LEXICONS[item.language])


@given(TEXTS, RATIOS, SEEDS, RECORDS)
def test_only_drawn_words_change_and_punctuation_never(text, ratio, seed, record):
    switched, switches = switch(text, LEXICONS, ratio, seed, record, "passage")
    expected = words(text)
    for item in switches:
        if item.translation is not None:
            expected[item.position] = item.translation
    assert words(switched) == expected
    assert gaps(switched) == gaps(text)


@given(TEXTS, RATIOS, RATIOS, SEEDS, RECORDS)
def test_a_higher_ratio_draws_a_superset_with_the_same_languages(text, one, other, seed, record):
    few, many = (switch(text, LEXICONS, ratio, seed, record, "query")[1] for ratio in sorted((one, other)))
    assert set(few) <= set(many)


@given(st.lists(st.tuples(RECORDS, TEXTS), max_size=6), RATIOS, st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(records, ratio, random):
    def tally_of(items):
        tally, outcome = Tally(ratio, LEXICONS), []
        for record, text in items:
            switched, switches = switch(text, LEXICONS, ratio, 1, record, "query")
            tally.add("query", text, switches)
            outcome.append((record, text, switched))
        return sorted(outcome), tally.stats()

    assert tally_of(records) == tally_of(random.sample(records, len(records)))


def test_the_order_of_the_lexicons_does_not_matter():
    backwards = dict(reversed(LEXICONS.items()))
    assert switch(LONG, LEXICONS, 0.5, 1, "a", "query") == switch(LONG, backwards, 0.5, 1, "a", "query")


def test_draws_differ_by_seed_record_and_side():
    variants = [
        (1, "a", "query"),
        (2, "a", "query"),
        (1, "b", "query"),
        (1, "a", "passage"),
        (1, "aq", "uery"),
    ]
    assert len({switch(LONG, LEXICONS, 0.5, *variant)[0] for variant in variants}) == len(variants)


def test_draws_are_the_same_on_every_machine():
    assert switch("red heart, red heart", LEXICONS, 0.5, 1, "q1", "query")[0] == "red heart, rot heart"
    assert switch("red heart, red heart", LEXICONS, 0.5, 1, "q2", "query")[0] == "red heart, красный heart"


@pytest.mark.parametrize("ratio", [0.25, 0.5, 0.75])
def test_ratio_and_languages_come_out_as_asked_within_binomial_noise(ratio):
    total = len(words(LONG))
    _, switches = switch(LONG, LEXICONS, ratio, 7, "long", "passage")
    noise = 5 * math.sqrt(total * ratio * (1 - ratio))
    assert abs(len(switches) - total * ratio) < noise
    assert sum(item.translation is not None for item in switches) <= total * ratio + noise
    for language in LEXICONS:
        drawn = sum(item.language == language for item in switches)
        assert abs(drawn - len(switches) / 3) < 5 * math.sqrt(len(switches) * 2 / 9)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("street", "straße"),
        ("Street", "Straße"),
        ("STREET", "STRASSE"),
        ("sTREET", "straße"),
        ("DOG’S", "HUNDES"),
    ],
)
def test_casing_follows_the_word(word, expected):
    assert switch(f"({word})", {"de": LEXICONS["de"]}, 1, 1, "a", "query")[0] == f"({expected})"


def test_a_single_capital_is_a_title_and_the_lexicons_own_casing_stays():
    lexicon = {"de": {"i": "ich", "germany": "Deutschland", "ipad": "iPad"}}
    assert switch("I germany ipad", lexicon, 1, 1, "a", "query")[0] == "Ich Deutschland iPad"


@pytest.mark.parametrize(
    ("ratio", "lexicons"), [(-0.1, LEXICONS), (1.1, LEXICONS), (float("nan"), LEXICONS), (0.5, {})]
)
def test_senseless_arguments_are_refused(ratio, lexicons):
    with pytest.raises(ValueError, match="expected"):
        switch("red", lexicons, ratio, 1, "a", "query")


def test_counts_by_side_and_language():
    tally = Tally(0.5, ["it", "de"])
    tally.add(
        "query", "red hotel, nice unknown", [Switch(0, "de", "red", "rot"), Switch(3, "it", "unknown", None)]
    )
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


def test_switching_is_fast():
    start = time.process_time()
    switch(LONG, LEXICONS, 0.5, 1, "a", "query")
    assert time.process_time() - start < 1  # 10,000 words; 0.05 s on a quiet core
