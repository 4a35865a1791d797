"""The words of languages."""

import pytest
import wordfreq
from small_corpus import write_corpus

from switchrank.collections.base import Corpus, write_texts
from switchrank.errors import UserError
from switchrank.lexicons.vocabulary import shared_words, training_words, vocabulary
from switchrank.text.words import is_number

FREQUENCIES = {
    "en": {"the": 0.05, "house": 0.01, "hotel": 0.01, "die": 0.001, "1": 0.001, "new": 0.0001},
    "it": {"der": 1e-6, "per": 0.01},
    "de": {"der": 0.05, "die": 0.04, "hotel": 0.008, "the": 4e-4, "24": 3e-4, "haus": 2e-4, "per": 2e-4},
}


@pytest.fixture
def small_lists(monkeypatch):
    """Word lists in which every case occurs."""
    monkeypatch.setattr(wordfreq, "get_frequency_dict", lambda language: FREQUENCIES.get(language, {}))
    monkeypatch.setattr(wordfreq, "iter_wordlist", lambda language: iter(FREQUENCIES[language]))


def test_a_vocabulary_leaves_out_what_is_no_word_of_the_language(small_lists):
    words, stats = vocabulary("de", 10)
    assert words == ["der", "die", "hotel", "haus", "per"]
    assert stats == {
        "language": "de", "asked": 10, "frequent": 5, "extra": 0, "words": 5,
        "left_out_without_letter": 1, "left_out_number": 0, "left_out_elided": 0, "left_out_unreadable": 0,
        "left_out_english": 1, "left_out_quoted": 0,
    }  # fmt: skip
    words, stats = vocabulary("it", 10)
    assert words == ["per"]
    assert stats["left_out_quoted"] == 1


def test_a_word_that_the_encoder_cannot_read_has_no_vector(small_lists):
    words, stats = vocabulary("de", 10, ["tür", "xyz"], lambda word: word not in ("haus", "xyz"))
    assert words == ["der", "die", "hotel", "per", "tür"]
    assert (stats["frequent"], stats["extra"], stats["left_out_unreadable"]) == (4, 1, 1)


def test_english_keeps_its_words_whatever_others_do(small_lists):
    assert vocabulary("en", 10)[0] == ["the", "house", "hotel", "die", "new"]


def test_a_vocabulary_ends_at_its_size_and_adds_the_extra_words_in_their_normal_form(small_lists):
    words, stats = vocabulary("en", 2, extra=["Zebra", "HOUSE", "ape", "42", "zebra"])
    assert words == ["the", "house", "ape", "zebra"]
    assert (stats["frequent"], stats["extra"], stats["words"]) == (2, 2, 4)


def test_shared_words_are_about_as_frequent_in_both(small_lists):
    assert shared_words(FREQUENCIES["en"], "en", "de") == {"hotel"}
    assert shared_words(FREQUENCIES["de"], "de", "en") == {"hotel"}


def test_real_lists_are_normal_forms_without_doubles():
    words, _ = vocabulary("de", 500)
    assert len(set(words)) == len(words) == 500
    assert "the" not in words
    assert {"der", "und", "für"} <= set(words)


def test_unknown_language_is_the_users_mistake():
    with pytest.raises(UserError, match="language xx: found no word list"):
        vocabulary("xx", 5)


def test_a_script_or_region_has_the_words_of_its_language():
    words, stats = vocabulary("zh-Hans", 20)
    assert (words, stats["language"]) == (vocabulary("zh", 20)[0], "zh-Hans")


def test_training_words_are_those_of_the_training_split_of_a_language(tmp_path):
    counts = training_words(write_corpus(tmp_path), "de")
    assert {"red", "name00", "words15", "de"} <= set(counts)
    assert not {"name16", "words20", "en"} & set(counts)
    assert (counts["red"], counts["name00"]) == (32, 1)


def test_languages_need_not_have_the_same_ids(tmp_path):
    corpus = write_corpus(tmp_path)
    write_texts(tmp_path, "de", corpus.queries("de")[1:], corpus.passages("de")[2:])
    counts = training_words(Corpus.read(tmp_path), "de")
    assert counts["red"] == 15 + 14


@pytest.mark.parametrize("language", ["en", "de", "fr", "hi", "ar", "ru"])
def test_stand_ins_for_numbers_are_no_words(language):
    words, stats = vocabulary(language, 4000, extra=["1920s", "٢٤ساعة", "२४वां", "２４th", "mp3", "4x4"])
    assert not [word for word in words if is_number(word)]
    assert {"mp3", "4x4"} <= set(words)
    assert stats["left_out_number"] > 0


@pytest.mark.parametrize(
    ("language", "elided", "whole"),
    [
        ("fr", {"qu", "jusqu'à", "lorsqu'il", "l'", "l"}, {"aujourd'hui", "quelqu'un"}),
        ("it", {"dell'acqua", "quest'anno", "dell"}, {"un", "acqua", "anno"}),
        ("ca", {"d'", "d"}, {"se'n", "pel·lícula"}),
    ],
)
def test_elided_words_and_what_they_are_written_with_are_left_out(language, elided, whole):
    words, stats = vocabulary(language, 10000, extra=["l'", "d'"])
    assert not elided & set(words)
    assert whole <= set(words)
    assert stats["left_out_elided"] > 0


def test_words_of_a_vocabulary_are_those_of_texts():
    words = set(vocabulary("de", 10000)[0])
    assert {"straße", "weiß", "dreißig", "masse", "dass", "fluss"} <= words
    assert not {"strasse", "weiss", "dreissig"} & words
    assert "grössten" not in words and "größten" in words


@pytest.mark.parametrize("language", ["de-CH", "de-LI"])
def test_in_switzerland_there_is_no_eszett(language):
    words = vocabulary(language, 5000)[0]
    assert "strasse" in words and not [word for word in words if "ß" in word]


def test_words_that_are_spelt_otherwise_in_lists_are_shared_all_the_same():
    assert shared_words(["straße", "maße", "film"], "de", "nl") == {"film"}
    assert "chris" in shared_words(["chris", "film"], "de", "en")
    assert shared_words(["ştiri"], "tr", "ro") == shared_words(["știri"], "ro", "tr")
