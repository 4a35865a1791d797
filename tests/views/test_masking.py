"""Passages without the words that their query has too."""

import pandas as pd
import pytest
import small_corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from switchrank.collections.base import Corpus, write_texts
from switchrank.collections.ids import joint_id
from switchrank.retrieval.candidates import candidates_on
from switchrank.views.masking import mask_shared, without, words_of


@pytest.mark.parametrize(
    ("language", "query", "other", "passage", "expected"),
    [
        ("en", "Red Heart", "en", "heart-shaped, RED; redder", "-shaped, ; redder"),
        ("de", "Straße", "de", "Die STRASSE am Straßenrand", "Die am Straßenrand"),
        ("ru", "Красное сердце", "ru", "сердце, красное, красный", ", , красный"),
        ("ar", "كَلِمَة", "ar", "كلمة أخرى", "أخرى"),
        ("fr", "l’arbre", "fr", "d'arbre, l'été", "d' , été"),
        ("fr", "arbre l", "fr", "l'arbre, été", "' , été"),  # l' is a word l where nothing follows it
        ("tr", "IRMAK", "tr", "ırmak, irmak", ", irmak"),
        ("ja", "赤いハート", "ja", "赤い, ﾊｰﾄ, 心", ", , 心"),
        ("zh-Hant", "紅色汽車", "zh", "红色, 红色汽车, 火车", ", , 火车"),
        ("en", "keycap: 0", "it", "gruppo 0, zero", "gruppo , zero"),
        ("en", "free", "ar", "كلمة free في مربع", "كلمة في مربع"),
        ("en", "red heart", "en", "Heart red", ""),
    ],
)
def test_shared_words_are_taken_out_however_they_are_spelt(language, query, other, passage, expected):
    assert without(passage, other, words_of(query, language)) == expected


LANGUAGES = st.sampled_from(["ar", "de", "en", "fr", "it", "ja", "ru", "zh"])
# Words that touch, and words that do not.
TOUCHING = st.lists(st.sampled_from([*"aAb ,中", "l'", "d'", "arbre", "été", "中国人", "国人", "人民"]))
APART = st.lists(st.sampled_from(["red", "Red", "l'arbre", "l'", "arbre", "été", "l", "2", ",", "-"]))
TEXTS = st.one_of(st.text(max_size=20), TOUCHING.map("".join), APART.map(" ".join))


@given(LANGUAGES, TEXTS, LANGUAGES, TEXTS)
def test_no_shared_word_is_left_and_all_others_are(language, query, other, passage):
    words = words_of(query, language)
    left = without(passage, other, words)
    assert words.isdisjoint(words_of(left, other))
    if words.isdisjoint(words_of(passage, other)):
        assert left == passage
    else:
        assert left == " ".join(left.split()) and len(left) < len(passage)


@given(TEXTS, TEXTS)
def test_words_that_are_not_shared_stay_in_their_order(query, passage):
    words = words_of(query, "en")
    ordered = [word for word in passage.split() if word.isalpha() and word.isascii()]
    left = without(" ".join(ordered), "en", words).split()
    assert left == [word for word in ordered if words_of(word, "en").isdisjoint(words)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("corpus")


@pytest.fixture(scope="module")
def corpus(folder):
    return small_corpus.write_corpus(folder)


def candidates(corpus, name):
    return candidates_on(small_corpus.candidates(), corpus, small_corpus.pair(name), "test")


def test_a_masked_passage_is_called_by_query_and_passage(corpus):
    masked = mask_shared(candidates(corpus, "de-de"), corpus, "de")
    assert masked.queries.to_dict() == {i: f"red name{i} de" for i in small_corpus.TEST}
    expected = {
        joint_id(query, passage): f", words{passage}"
        for query in small_corpus.TEST
        for passage in small_corpus.IDS[2:]
    }
    assert masked.passages.to_dict() == expected
    assert masked.stats == {"candidates": 88, "masked": 88, "share_masked": 1.0, "emptied": 0}


def test_a_passage_that_shares_no_word_is_left_out_and_one_of_shared_words_is_empty(corpus, folder, tmp_path):
    write_texts(tmp_path, "it", pd.Series({"20": "rosso"}), pd.Series({"02": "rosso", "03": "name20 Red"}))
    asked = pd.DataFrame({"query_id": "20", "passage_id": ["02", "03"]})
    asked = asked.assign(query_language="de", passage_language="it")
    view = Corpus.read(folder, tmp_path)
    masked = mask_shared(asked, view, "it")
    assert masked.queries.empty
    assert masked.passages.to_dict() == {joint_id("20", "03"): ""}
    assert masked.stats == {"candidates": 2, "masked": 1, "share_masked": 0.5, "emptied": 1}
    assert mask_shared(asked[:1], view, "it").passages.empty


def test_on_a_mixed_side_each_language_has_its_own_passages(corpus):
    asked = candidates(corpus, "en-xx6")
    parts = {language: mask_shared(asked, corpus, language) for language in small_corpus.LANGUAGES}
    assert sum(len(part.passages) for part in parts.values()) == len(asked)
    assert list(parts.pop("en").queries.index) == small_corpus.TEST
    for language, part in parts.items():
        assert part.queries.empty and part.passages.str.endswith(f" {language}").all()


@settings(max_examples=10)
@given(seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(corpus, seed):
    asked = candidates(corpus, "en-en")
    shuffled = asked.sample(frac=1, random_state=seed)
    one, other = (mask_shared(rows, corpus, "en") for rows in (asked, shuffled))
    pd.testing.assert_series_equal(one.passages, other.passages)
    pd.testing.assert_series_equal(one.queries, other.queries)
    assert one.stats == other.stats
