"""Encodings on disk: round trips, several files read as one."""

import hashlib
import tracemalloc
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors import safe_open
from safetensors.numpy import save_file

from switchrank.encoders.encodings import Encodings, write_encodings
from switchrank.errors import UserError

WORDS = st.text("abö犬", max_size=4)


class Toy:
    """An encoder whose tokens are characters and whose vectors depend on (name, text) alone."""

    vocabulary, unknown = 0x110000, 0xFFFD

    def __init__(self, name="toy"):
        self.name, self.texts = name, []

    def encode_tokens(self, texts):
        self.texts += texts
        offsets = np.cumsum([0, *map(len, texts)])
        pieces = np.array([ord(character) for text in texts for character in text], np.int32)
        rows = [self.draw(text, len(text)) for text in texts]
        contextual = np.concatenate([np.empty((0, 3), np.float32), *rows])
        sentences = np.concatenate([np.empty((0, 3), np.float32), *(self.draw(text, 1) for text in texts)])
        return pieces, offsets, contextual, sentences

    def draw(self, text, rows):
        seed = int.from_bytes(hashlib.sha256(f"{self.name}/{text}".encode()).digest()[:8])
        return np.random.default_rng(seed).random((rows, 3), dtype=np.float32)


def series(texts):
    return pd.Series(texts, index=[f"i{place}" for place in range(len(texts))], dtype=object)


def write(path, queries=(), passages=(), encoder=None):
    write_encodings(path, series(list(queries)), series(list(passages)), encoder or Toy())
    return path


def assert_holds(encodings, kind, view, language, texts, encoder):
    """Each item has the pieces and vectors of its text, by that encoder."""
    rows = encodings.rows(kind, view, [language] * len(texts), list(series(texts).index))
    assert rows.dtype == np.int64
    for row, text in zip(rows, texts, strict=True):
        tokens = slice(encodings.offsets[row], encodings.offsets[row + 1])
        assert "".join(map(chr, encodings.pieces[tokens])) == text
        assert np.array_equal(encodings.contextual[tokens], encoder.draw(text, len(text)).astype(np.float16))
        assert np.array_equal(encodings.sentences[row], encoder.draw(text, 1)[0])


@settings(max_examples=40)
@given(st.lists(WORDS), st.lists(WORDS))
def test_each_item_has_its_text_s_encoding_and_each_text_is_encoded_once(tmp_path_factory, queries, passages):
    encoder = Toy()
    path = write(tmp_path_factory.mktemp("items") / "x", queries, passages, encoder)
    assert encoder.texts == sorted({*queries, *passages})
    encodings = Encodings({"collection": {"en": path}})
    assert len(encodings.offsets) == len(encoder.texts) + 1
    assert (encodings.vocabulary, encodings.unknown) == (Toy.vocabulary, Toy.unknown)
    for kind, texts in (("query", queries), ("passage", passages)):
        assert_holds(encodings, kind, "collection", "en", texts, encoder)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.lists(WORDS), st.lists(WORDS)), min_size=1, max_size=4))
def test_several_files_are_read_as_one(tmp_path_factory, parts):
    folder, paths = tmp_path_factory.mktemp("parts"), {"collection": {}, "training": {}}
    places = [(view, language) for view in paths for language in ("de", "en")][: len(parts)]
    for (view, language), texts in zip(places, parts, strict=False):
        paths[view][language] = write(folder / f"{view} {language}", *texts, Toy(f"{view} {language}"))
    encodings = Encodings(paths)
    for (view, language), texts in zip(places, parts, strict=False):
        for kind, own in zip(("query", "passage"), texts, strict=True):
            assert_holds(encodings, kind, view, language, own, Toy(f"{view} {language}"))
    assert encodings.offsets[-1] == len(encodings.pieces) == len(encodings.contextual)
    assert len(encodings.sentences) == len(encodings.offsets) - 1


def test_a_file_of_two_views_is_read_once(tmp_path):
    path, other = write(tmp_path / "en", ["a", "b"]), write(tmp_path / "de", ["b"], ["c", "a", "b"])
    encodings = Encodings({"collection": {"en": path}, "masked": {"de": other, "en": path}})
    assert len(encodings.sentences) == 2 + 3
    for view in ("collection", "masked"):
        assert encodings.rows("query", view, ["en", "en"], ["i1", "i0"]).tolist() == [1, 0]
    assert encodings.rows("passage", "masked", ["de"], ["i0"]).tolist() == [4]


def test_rows_of_several_languages_keep_the_order_asked_for(tmp_path):
    paths = {own: write(tmp_path / own, [f"a {own}", f"b {own}"]) for own in ("en", "de")}
    encodings = Encodings({"collection": paths})
    rows = encodings.rows("query", "collection", ["de", "en", "de", "de"], ["i1", "i0", "i0", "i1"])
    assert rows.tolist() == [3, 0, 2, 3]


@pytest.mark.parametrize(
    "item", [("passage", "collection", "en"), ("query", "other", "en"), ("query", "collection", "de")]
)
def test_an_item_that_is_not_encoded_is_named(tmp_path, item):
    kind, view, language = item
    encodings = Encodings({"collection": {"en": write(tmp_path / "x", ["a"])}})
    with pytest.raises(UserError, match=f"view {view}, language {language}: found no {kind} 'i0'"):
        encodings.rows(kind, view, [language], ["i0"])


def test_types(tmp_path):
    encodings = Encodings({"collection": {"en": write(tmp_path / "x", ["ab"], ["b"])}})
    types = {"pieces": np.int32, "offsets": np.int64, "contextual": np.float16, "sentences": np.float32}
    assert {name: getattr(encodings, name).dtype for name in types} == types


@pytest.mark.parametrize("value", [1e6, -1e5, np.inf, np.nan])
def test_vectors_that_are_not_finite_as_they_are_stored_are_refused(tmp_path, value):
    encoder = Toy()
    encoder.draw = lambda text, rows: np.full((rows, 3), value if text == "b" and rows else 0, np.float32)
    with pytest.raises(UserError, match="x: found a vector that is not finite for 'b', expected numbers"):
        write(tmp_path / "x", ["a", "b"], [], encoder)
    assert list(tmp_path.iterdir()) == []


def test_the_same_items_give_the_same_bytes(tmp_path):
    assert (
        write(tmp_path / "1", ["a", "ö"], ["a"]).read_bytes()
        == write(tmp_path / "2", ["a", "ö"], ["a"]).read_bytes()
    )


def test_the_largest_tensor_is_never_held_twice(tmp_path):
    encoder = Toy()
    encoder.draw = lambda text, rows: np.ones((rows, 3), np.float32)
    paths = {own: write(tmp_path / own, [own * 100_000], [], encoder) for own in ("a", "b")}
    encodings = Encodings({"collection": paths})
    tracemalloc.start()
    assert len(encodings.contextual) == 200_000
    assert tracemalloc.get_traced_memory()[1] < 1.2 * encodings.contextual.nbytes
    tracemalloc.stop()


def stored(path: Path, metadata: dict | None, **tensors) -> Path:
    save_file(tensors, path, metadata=metadata)
    return path


def test_a_file_of_other_tensors_is_refused(tmp_path):
    path = stored(tmp_path / "x", {"items": "{}"}, weights=np.zeros(3))
    with pytest.raises(UserError, match=r"x: damaged \(.*\): remove it") as error:
        Encodings({"collection": {"en": path}})
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("metadata", [None, {"other": "{}"}, {"items": "no JSON"}])
def test_a_file_without_items_is_refused(tmp_path, metadata):
    path = write(tmp_path / "whole", ["a"])
    with safe_open(path, framework="numpy") as archive:
        tensors = {name: archive.get_tensor(name) for name in archive.keys()}  # noqa: SIM118
    path = stored(tmp_path / "x", metadata, **tensors)
    with pytest.raises(UserError, match=r"x: damaged \(.*\): remove it"):
        Encodings({"collection": {"en": path}})


@pytest.mark.parametrize("keep", [0, 4, 100, -1])
def test_a_file_that_was_cut_off_is_refused(tmp_path, keep):
    path = write(tmp_path / "x", ["some", "texts"])
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UserError, match=r"x: damaged \(.*\): remove it"):
        Encodings({"collection": {"en": path}})


@pytest.mark.parametrize(("part", "row", "text"), [(2, 0, "ab"), (2, -1, "öö"), (3, 0, ""), (3, -1, "öö")])
def test_a_vector_that_is_not_finite_is_told_with_its_text(tmp_path, part, row, text):
    class Broken(Toy):
        def encode_tokens(self, texts):
            encoded = super().encode_tokens(texts)
            encoded[part][row] = np.nan  # the vector of a token, or of a text
            return encoded

    with pytest.raises(UserError, match=rf"de\.safetensors: found a vector that is not finite for '{text}'"):
        write(tmp_path / "de.safetensors", ["", "ab"], ["öö"], Broken())
    assert not list(tmp_path.iterdir())


def test_texts_longer_than_a_limit_are_counted(tmp_path):
    paths = {"collection": {"en": write(tmp_path / "en", ["a", "abb"], ["abb", "abb", "abbaa", ""])}}
    paths["training"] = {"en": write(tmp_path / "training", ["abb"], ["a"])}
    counts = Encodings(paths).longer_than(2)
    assert {place: tuple(row) for place, *row in counts.itertuples()} == {
        ("query", "collection", "en"): (1, 2),
        ("passage", "collection", "en"): (3, 4),
        ("query", "training", "en"): (1, 1),
        ("passage", "training", "en"): (0, 1),
    }
    assert Encodings(paths).longer_than(5)["longer"].sum() == 0
