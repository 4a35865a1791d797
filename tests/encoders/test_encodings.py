"""Encodings on disk: round trips, several files read as one."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file

from switchrank.encoders import encodings
from switchrank.encoders.use import Tokens
from switchrank.errors import UserError

WORDS = st.text("abö犬", max_size=4)


class Toy:
    """An encoder whose tokens are characters and whose vectors depend on (name, text) alone."""

    def __init__(self, name="toy"):
        self.name = name

    def encode_tokens(self, texts):
        offsets = np.cumsum([0, *map(len, texts)])
        pieces = np.array([ord(character) for text in texts for character in text], np.int32)
        rows = [self.draw(text, len(text)) for text in texts]
        contextual = np.concatenate([np.empty((0, 3), np.float32), *rows])
        sentences = np.concatenate([np.empty((0, 3), np.float32), *(self.draw(text, 1) for text in texts)])
        return Tokens(pieces, offsets), contextual, sentences

    def draw(self, text, rows):
        seed = int.from_bytes(hashlib.sha256(f"{self.name}/{text}".encode()).digest()[:8])
        return np.random.default_rng(seed).random((rows, 3), dtype=np.float32)


def by_text(encoded):
    """What is held of each text."""
    rows = zip(encoded.texts, encoded.offsets[:-1], encoded.offsets[1:], encoded.sentences, strict=True)
    return {
        text: (encoded.pieces[a:b].tolist(), encoded.contextual[a:b].tolist(), sentence.tolist())
        for text, a, b, sentence in rows
    }


def assert_same(one, other):
    assert list(one.texts) == list(other.texts)
    for name in ("pieces", "offsets", "contextual", "sentences"):
        a, b = getattr(one, name), getattr(other, name)
        assert a.dtype == b.dtype and np.array_equal(a, b)


@settings(max_examples=40)
@given(st.lists(WORDS), st.randoms(use_true_random=False))
def test_each_text_once_and_sorted_whatever_their_order(texts, chance):
    encoded = encodings.encode(texts, Toy())
    assert list(encoded.texts) == sorted(set(texts))
    shuffled = chance.sample(texts * 2, 2 * len(texts))
    assert_same(encoded, encodings.encode(shuffled, Toy()))


def test_contextual_vectors_are_kept_in_half_precision_and_sentences_in_full():
    encoded = encodings.encode(["ab", "b"], Toy())
    assert encoded.contextual.dtype == np.float16 and encoded.sentences.dtype == np.float32
    assert encoded.pieces.dtype == np.int32 and encoded.offsets.dtype == np.int64


@pytest.mark.parametrize("texts", [["b", "", "a\n“犬”\t\\"], ["only"], [""], []])
def test_what_was_saved_is_read(tmp_path, texts):
    encoded = encodings.encode(texts, Toy())
    encoded.save(tmp_path / "x.safetensors")
    assert_same(encoded, encodings.load([tmp_path / "x.safetensors"]))


def test_the_same_texts_give_the_same_bytes(tmp_path):
    for name, texts in (("one", ["a", "b", "ö"]), ("two", ["ö", "a", "a", "b"])):
        encodings.encode(texts, Toy()).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@settings(max_examples=40)
@given(st.lists(st.lists(WORDS), min_size=1, max_size=4))
def test_of_several_files_each_text_comes_once_from_the_first_that_holds_it(tmp_path_factory, parts):
    folder, expected = tmp_path_factory.mktemp("parts"), {}
    for number, texts in enumerate(parts):
        encoded = encodings.encode(texts, Toy(f"toy {number}"))
        encoded.save(folder / str(number))
        expected = by_text(encoded) | expected
    merged = encodings.load([folder / str(number) for number in range(len(parts))])
    assert len(merged.texts) == len(expected) == len(merged.sentences)
    assert by_text(merged) == expected
    assert merged.offsets[-1] == len(merged.pieces) == len(merged.contextual)


def stored(path: Path, metadata: dict | None, **tensors) -> Path:
    save_file(tensors, path, metadata=metadata)
    return path


def test_a_file_of_other_tensors_is_refused(tmp_path):
    path = stored(tmp_path / "x", {"texts": "[]"}, weights=np.zeros(3))
    with pytest.raises(UserError, match=r"x: no file of encodings") as error:
        encodings.load([path])
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("metadata", [None, {"other": "[]"}, {"texts": "no JSON"}])
def test_a_file_without_texts_is_refused(tmp_path, metadata):
    path = stored(tmp_path / "x", metadata, pieces=np.zeros(3))
    with pytest.raises(UserError, match=r"x: no file of encodings"):
        encodings.load([path])


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_file_that_was_cut_off_is_refused(tmp_path, keep):
    path = tmp_path / "x"
    encodings.encode(["some", "texts"], Toy()).save(path)
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UserError, match=r"x: no file of encodings"):
        encodings.load([path])
