"""Lexicons whose translations are dealt out to other words."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.lexicons.shuffled import Settings, Shuffled, shuffled

LEXICONS = st.dictionaries(
    st.text("abcde", min_size=1, max_size=4),
    st.lists(st.text("xyz", min_size=1, max_size=3), min_size=1, max_size=3, unique=True),
    min_size=2,
).map(
    lambda entries: pd.DataFrame(
        [(s, t, place) for s, targets in entries.items() for place, t in enumerate(targets)],
        columns=["source", "target", "score"],
    )
)


def dealt(lexicon):
    """Source → what it translates to."""
    return lexicon.groupby("source")["target"].agg(lambda targets: tuple(sorted(targets))).to_dict()


@given(LEXICONS, st.integers(0, 2**32))
def test_every_source_gets_the_translations_of_another_one(lexicon, seed):
    # Sources are told apart by where their translations come from.
    marked = lexicon.assign(target=lexicon["target"] + " of " + lexicon["source"])
    lexicon = shuffled(marked, seed, "de")
    assert set(lexicon["source"]) == set(marked["source"])
    assert sorted(lexicon["target"]) == sorted(marked["target"])
    for source, targets in dealt(lexicon).items():
        givers = {target.split(" of ")[1] for target in targets}
        assert len(givers) == 1 and source not in givers
        assert targets == dealt(marked)[givers.pop()]


@given(LEXICONS, st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(lexicon, seed, random):
    order = random.sample(range(len(lexicon)), len(lexicon))
    pd.testing.assert_frame_equal(shuffled(lexicon.iloc[order], seed, "de"), shuffled(lexicon, seed, "de"))


def test_another_seed_deals_otherwise_and_one_source_cannot_be_shuffled():
    lexicon = pd.DataFrame({"source": list("abcdefgh"), "target": list("ABCDEFGH"), "score": 1.0})
    assert not shuffled(lexicon, 1, "de").equals(shuffled(lexicon, 2, "de"))
    with pytest.raises(ValueError, match="found 1 sources"):
        shuffled(lexicon[:1], 1, "de")


def test_what_a_word_becomes_in_two_languages_is_no_translation_of_each_other():
    sources = [f"word{place}" for place in range(1000)]
    givers = {}
    for language in ("de", "it"):
        lexicon = pd.DataFrame({"source": sources, "target": sources, "share": 1.0})
        givers[language] = shuffled(lexicon, 1, language).set_index("source")["target"]
    assert (givers["de"] == givers["it"]).mean() < 0.01


def test_what_is_shuffled_is_a_lexicon_that_is_not():
    lexicons = {"clwe": {"kind": "induced"}, "mixed": {"kind": "shuffled"}}
    assert Shuffled.check(Settings(of="clwe", seed=1), lexicons) is None
    problem = "of: found 'mixed', expected one of clwe"
    assert Shuffled.check(Settings(of="mixed", seed=1), lexicons) == problem
