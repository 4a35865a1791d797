"""Whole texts in other languages: what is drawn, and what an item lacks."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.training.whole_texts import replace_texts

IDS = [f"{number}" for number in range(3000)]
HAVING = {"it": set(IDS), "de": set(IDS), "ru": set(IDS)}


def replaced(ids=IDS, having=HAVING, ratio=0.5, seed=1, side="query"):
    items = pd.Series("en", index=pd.Index(ids))
    return replace_texts(items, [f"{i}/0" for i in ids], side, having, ratio, seed)


@pytest.mark.parametrize("ratio", [0, 0.3, 1])
def test_ratio_and_languages_come_out_as_asked_within_binomial_noise(ratio):
    languages, stats = replaced(ratio=ratio)
    changed = (languages != "en").sum()
    assert abs(changed - ratio * len(IDS)) <= 5 * math.sqrt(len(IDS) * ratio * (1 - ratio))
    for language in HAVING:
        share = (languages == language).mean()
        assert abs(share - ratio / 3) < 5 * math.sqrt(ratio / 3 / len(IDS)) + 1e-9
        assert stats["languages"][language]["share"] == pytest.approx(share)
    assert stats["switched"] == stats["drawn"] == changed


def test_an_item_without_a_text_in_the_drawn_language_stays():
    whole, _ = replaced(ratio=1)
    lacking = set(IDS[:1500])
    languages, stats = replaced(having=HAVING | {"de": set(IDS) - lacking}, ratio=1)
    stays = (whole == "de") & whole.index.isin(lacking)
    assert languages.equals(whole.mask(stays, "en"))
    german = stats["languages"]["de"]
    assert (german["drawn"], german["switched"]) == ((whole == "de").sum(), (languages == "de").sum())
    assert stats["realised_ratio"] == pytest.approx((languages != "en").mean())


@given(st.lists(st.sampled_from(IDS[:9]), max_size=12), st.floats(0, 1), st.integers(0, 2**32))
def test_a_draw_depends_on_its_record_alone(ids, ratio, seed):
    languages, stats = replaced(ids, ratio=ratio, seed=seed)
    alone = [replaced([i], dict(reversed(HAVING.items())), ratio, seed)[0].iloc[0] for i in ids]
    assert languages.tolist() == alone and languages.index.tolist() == ids
    assert stats["texts"] == len(set(ids))


def test_seeds_and_sides_are_drawn_for_apart():
    drawn = [replaced(**options)[0].tolist() for options in ({}, {"seed": 2}, {"side": "passage"})]
    assert drawn[0] != drawn[1] and drawn[0] != drawn[2] and drawn[1] != drawn[2]
