"""Words of texts, cut where the script does not part them."""

import tempfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchrank.text import terms
from switchrank.text.terms import term_spans
from switchrank.text.words import word_spans


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("de", "Rotes Herz, groß!", ["Rotes", "Herz", "groß"]),
        ("zh", "红色汽车, 汽车", ["红色", "汽车", "汽车"]),
        ("zh-Hans", "红色汽车", ["红色", "汽车"]),
        ("yue", "紅色汽車", ["紅色", "汽車"]),
        ("ja", "赤いハート", ["赤い", "ハート"]),
    ],
)
def test_words_as_vocabularies_have_them(language, text, expected):
    assert [text[start:end] for start, end in term_spans(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "赤いﾊﾞｽとﾊｰﾄ", ["赤い", "ﾊﾞｽ", "と", "ﾊｰﾄ"]),
        ("ja", "赤い\u00adハ\u2060ート", ["赤い\u00ad", "ハ\u2060ート"]),
        ("ja", "か\u3099くせい", ["か\u3099く", "せい"]),
        ("ja", "ＡＢＣ", ["ＡＢＣ"]),
        ("ja", "EOS", ["EOS"]),
        ("zh", "红\u2060色汽车", ["红\u2060色", "汽车"]),
        ("zh-Hant", "紅色汽車", ["紅色", "汽車"]),
        ("fr", "l'arbre", ["l'", "arbre"]),
    ],
)
def test_words_are_found_however_they_are_spelt(language, text, expected):
    assert [text[start:end] for start, end in term_spans(text, language)] == expected


CHARACTERS = "红色汽车紅車赤いハートﾊﾞｽか\u3099\u309aヿゟ的a, !1①ＡＢ\u00ad\u200b\ufe0fـﹰ"


@given(st.sampled_from(["zh", "ja", "de"]), st.text(CHARACTERS, max_size=12) | st.text(max_size=12))
def test_words_lie_in_the_text_in_order_do_not_overlap_and_leave_nothing_out(language, text):
    end, covered = 0, set()
    for start, stop in term_spans(text, language):
        assert end <= start < stop <= len(text)
        end = stop
        covered |= set(range(start, stop))
    assert covered == {place for start, stop in word_spans(text, language) for place in range(start, stop)}


@pytest.mark.parametrize(
    "cut", [lambda text: [], lambda text: ["ZZ"], lambda text: [text[1:2], "Z", text[3:]]]
)
def test_what_a_tokenizer_leaves_out_or_changes_is_a_word_all_the_same(monkeypatch, cut):
    monkeypatch.setattr(terms, "_cutter", lambda language: (str, cut))
    spans = term_spans("红色汽车 赤い", "zh")
    assert "".join("红色汽车 赤い"[start:end] for start, end in spans) == "红色汽车赤い"


def test_no_dictionary_is_left_where_another_user_could_put_one(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    terms._cutter.cache_clear()
    assert len(term_spans("红色汽车", "zh")) == 2
    assert not list(tmp_path.iterdir())
