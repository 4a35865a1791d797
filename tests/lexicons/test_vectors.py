"""Word vectors and their files."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from switchrank.errors import UserError
from switchrank.lexicons.vectors import WordVectors, read_vectors, unit_rows, write_vectors


def test_unit_rows_have_length_1():
    rows = unit_rows(np.array([[1, 2.0], [3, 2]]))
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1)


def test_a_row_of_zeros_stays():
    assert unit_rows(np.zeros((1, 3))).tolist() == [[0, 0, 0]]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=5)


@given(words=st.lists(WORDS, max_size=5, unique=True))
def test_vectors_come_back_as_written(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("vectors") / "de.safetensors"
    vectors = 1 + np.arange(3 * len(words), dtype=np.float32).reshape(-1, 3)
    write_vectors(path, WordVectors(words, vectors))
    read = read_vectors(path)
    assert read.words == words
    assert read.vectors.dtype == np.float32
    assert np.array_equal(read.vectors, vectors)


def test_writing_needs_as_many_words_as_vectors(tmp_path):
    with pytest.raises(ValueError, match="1 words, 2 vectors"):
        write_vectors(tmp_path / "de.safetensors", WordVectors(["a"], np.zeros((2, 3), np.float32)))
    assert not list(tmp_path.iterdir())


def test_broken_vector_files_are_named(tmp_path):
    path = tmp_path / "de.safetensors"
    with pytest.raises(UserError, match=r"de\.safetensors: not found"):
        read_vectors(path)
    write_vectors(path, WordVectors(["a", "b"], np.ones((2, 3), np.float32)))
    path.with_suffix(".txt").write_text("a\n")
    with pytest.raises(UserError, match=r"de\.txt: damaged \(found 1 words, expected 2"):
        read_vectors(path)
    save_file({"others": np.zeros((1, 3), np.float32)}, path)
    with pytest.raises(UserError, match=r"damaged \(found \['others'\], expected a float32 tensor 'vectors'"):
        read_vectors(path)
    path.write_bytes(b"broken")
    with pytest.raises(UserError, match=r"de\.safetensors: damaged \(.*\): remove it, then run"):
        read_vectors(path)


@pytest.mark.parametrize(("value", "length"), [(np.nan, "nan"), (np.inf, "inf"), (-np.inf, "inf"), (0, "0")])
def test_a_vector_without_direction_is_told_with_its_word(tmp_path, value, length):
    path = tmp_path / "ru.safetensors"
    vectors = WordVectors(["мир", "null", "дом"], np.ones((3, 2), np.float32))
    write_vectors(path, vectors)
    vectors.vectors[1] = value
    told = f"ru.safetensors: found a vector of length {length} for 'null', expected a finite one above 0"
    with pytest.raises(UserError, match=told):
        write_vectors(tmp_path / "other" / "ru.safetensors", vectors)
    assert not (tmp_path / "other").exists()
    save_file({"vectors": vectors.vectors}, path)
    with pytest.raises(UserError, match=told):
        read_vectors(path)
