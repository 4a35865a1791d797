"""Word vectors: vocabularies and files."""

import numpy as np
import pytest
import wordfreq
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from switchrank.errors import UserError
from switchrank.lexicons.vectors import (
    read_vec,
    read_vectors,
    shared_words,
    unit_rows,
    vocabulary,
    word_vectors,
    write_vectors,
)

FREQUENCIES = {
    "en": {"the": 0.05, "house": 0.01, "hotel": 0.01, "die": 0.001, "1": 0.001, "new": 0.0001},
    "it": {"der": 1e-6, "per": 0.01},
    "de": {
        "der": 0.05,
        "die": 0.04,
        "hotel": 0.008,
        "the": 0.0004,
        "24": 0.0003,
        "haus": 0.0002,
        "per": 0.0002,
    },
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
        "left_out_without_letter": 1, "left_out_english": 1, "left_out_quoted": 0,
    }  # fmt: skip
    words, stats = vocabulary("it", 10)
    assert words == ["per"]
    assert stats["left_out_quoted"] == 1


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


def test_word_vectors_are_unit_rows():
    class Lengths:
        def encode(self, texts):
            return np.array([[len(text), 2.0] for text in texts])

    vectors = word_vectors(["a", "bbb"], Lengths())
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_a_row_of_zeros_stays():
    assert unit_rows(np.zeros((1, 3))).tolist() == [[0, 0, 0]]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5)


@given(words=st.lists(WORDS, max_size=5, unique=True))
def test_vectors_come_back_as_written(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("vectors") / "de.safetensors"
    vectors = np.arange(3 * len(words), dtype=np.float32).reshape(-1, 3)
    write_vectors(path, words, vectors)
    read_words, read = read_vectors(path)
    assert read_words == words
    assert read.dtype == np.float32
    assert np.array_equal(read, vectors)


def test_writing_needs_as_many_words_as_vectors(tmp_path):
    with pytest.raises(ValueError, match="1 words, 2 vectors"):
        write_vectors(tmp_path / "de.safetensors", ["a"], np.zeros((2, 3), np.float32))
    assert not list(tmp_path.iterdir())


def test_broken_vector_files_are_named(tmp_path):
    path = tmp_path / "de.safetensors"
    with pytest.raises(UserError, match=r"de\.safetensors: not found"):
        read_vectors(path)
    write_vectors(path, ["a", "b"], np.zeros((2, 3), np.float32))
    path.with_suffix(".txt").write_text("a\n")
    with pytest.raises(UserError, match=r"de\.txt: found 1 words, expected 2"):
        read_vectors(path)
    save_file({"others": np.zeros((1, 3), np.float32)}, path)
    with pytest.raises(UserError, match=r"found \['others'\], expected a float32 tensor 'vectors'"):
        read_vectors(path)
    path.write_bytes(b"broken")
    with pytest.raises(UserError, match="expected a safetensors file"):
        read_vectors(path)


def vec(tmp_path, content):
    path = tmp_path / "wiki.multi.de.vec"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_vec_files_as_fasttext_and_muse_write_them(tmp_path):
    lines = "6 2\nHaus 3 4 \nhaus 1 0\nnew york 0 -2\n\u2028 1 1\nnull 0 0\nlast 1e-1 0\n"
    words, vectors = read_vec(vec(tmp_path, lines), 10)
    assert words == ["haus", "new york", "\u2028", "last"]
    assert vectors.dtype == np.float32
    assert np.allclose(vectors, [[0.6, 0.8], [0, -1], [0.5**0.5, 0.5**0.5], [1, 0]])


def test_vec_files_are_read_no_further_than_the_limit(tmp_path):
    words, vectors = read_vec(vec(tmp_path, "3 2\na 1 0\nb 0 1\nthis line is broken\n"), 2)
    assert words == ["a", "b"]
    assert vectors.shape == (2, 2)


def test_an_empty_vec_file_of_no_words(tmp_path):
    words, vectors = read_vec(vec(tmp_path, "0 2\n"), 5)
    assert (words, vectors.shape) == ([], (0, 2))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "line 1: found b''"),
        ("a 1 2\n", "line 1: found"),
        ("2 0\n", "line 1: found"),
        ("1 2\na 1\n", "line 2: found 1 numbers, expected a word and 2 numbers"),
        ("2 2\na 1 0\nb 1 x\n", "line 3: found could not convert"),
        ("1 2\na 1 nan\n", "line 2: found a number that is not finite"),
        ("1 2\n 1 2\n", "line 2: found"),
        (b"1 2\n\xff 1 2\n", "line 2: found 'utf-8'"),
        ("3 2\na 1 0\nb 1 0\n", "line 3: the file ends, expected 3 words"),
    ],
)
def test_bad_lines_are_named(tmp_path, content, message):
    with pytest.raises(UserError, match=rf"wiki\.multi\.de\.vec, {message}"):
        read_vec(vec(tmp_path, content), 10)
