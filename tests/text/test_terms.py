"""Words of texts, cut where the script does not part them."""

import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.text import terms
from switchrank.text.terms import term_spans


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Rotes Herz, groß!", ["Rotes", "Herz", "groß"]),
        ("zh", "红色汽车, 汽车", ["红色", "汽车", "汽车"]),
        ("zh-Hans", "红色汽车", ["红色", "汽车"]),
        ("ja", "赤いハート", ["赤い", "ハート"]),
    ],
)
def test_words_as_vocabularies_have_them(language, text, expected):
    assert [text[start:end] for start, end in term_spans(text, language)] == expected


@given(st.sampled_from(["zh", "ja", "de"]), st.text("红色汽车赤いハート的a, !1①", max_size=12))
def test_words_lie_in_the_text_in_order_and_do_not_overlap(language, text):
    end = 0
    for start, stop in term_spans(text, language):
        assert end <= start < stop <= len(text)
        end = stop


def test_no_dictionary_is_left_where_another_user_could_put_one(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    terms._cutter.cache_clear()
    assert len(term_spans("红色汽车", "zh")) == 2
    assert not list(tmp_path.iterdir())
