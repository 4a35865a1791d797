"""Texts as a cross-encoder reads them, beside what Hugging Face's own tokenizers make of the same texts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_transformers import KINDS, WORDS, write_tiny
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing
from transformers import AutoTokenizer

from switchrank.errors import UserError
from switchrank.rankers.tokens import Tokens, batches, longest_first

TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join) | st.text(max_size=30)
LENGTHS = st.lists(st.integers(1, 60))


@pytest.fixture(scope="module", params=KINDS)
def folder(request, tmp_path_factory):
    return write_tiny(tmp_path_factory.mktemp(request.param) / "model", request.param)


@pytest.fixture(scope="module")
def reference(folder):
    return AutoTokenizer.from_pretrained(folder, local_files_only=True)


def tokens_of(folder, reference, max_tokens=512):
    return Tokens(folder, reference.pad_token_id, max_tokens)


def as_arrays(encoded):
    return [np.array(encoded[name]) for name in ("input_ids", "token_type_ids", "attention_mask")]


def assert_same(inputs, encoded):
    for found, expected in zip(inputs, as_arrays(encoded), strict=True):
        np.testing.assert_array_equal(found, expected)


@settings(max_examples=150)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4), st.integers(8, 60))
def test_query_and_passage_are_joined_as_by_hugging_face(folder, reference, texts, most):
    queries, passages = map(list, zip(*texts, strict=True))
    tokens = tokens_of(folder, reference, most)
    rows = tokens.rows(queries), tokens.rows(passages)
    told = {"truncation": "longest_first", "max_length": most, "padding": "longest"}
    expected = reference(queries, passages, return_token_type_ids=True, **told)
    assert_same(tokens.joined(*rows), expected)
    assert tokens.lengths(*rows).tolist() == np.sum(expected["attention_mask"], axis=1).tolist()
    whole = [len(ids) for ids in reference(queries, passages)["input_ids"]]
    assert tokens.longer(*rows) == sum(length > most for length in whole)


@settings(max_examples=30)
@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(8, 60))
def test_a_text_alone_is_what_hugging_face_makes_of_it(folder, reference, texts, most):
    tokens = tokens_of(folder, reference, most)
    own = most - reference.num_special_tokens_to_add(pair=True)  # as many as a passage has with no query
    told = {"truncation": True, "max_length": own + reference.num_special_tokens_to_add(pair=False)}
    expected = reference(texts, padding="longest", return_token_type_ids=True, **told)
    assert_same(tokens.alone(tokens.rows(texts)), expected)


def test_no_rows_are_joined_to_an_empty_batch(folder, reference):
    nothing = np.empty(0, np.int64)
    inputs = tokens_of(folder, reference).joined(nothing, nothing)
    assert [array.shape[0] for array in inputs] == [0, 0, 0]


class Counting:
    """A tokenizer that takes down which texts it is given."""

    def __init__(self, tokenizer):
        self.tokenizer, self.given = tokenizer, []

    def encode_batch(self, texts, **options):
        self.given += texts
        return self.tokenizer.encode_batch(texts, **options)


def test_each_text_is_tokenised_once(folder, reference):
    tokens = tokens_of(folder, reference)
    tokens._tokenizer = counting = Counting(tokens._tokenizer)
    first = tokens.rows(["red mouse", "house", "red mouse", ""])
    alike = tokens.joined(first[:1], first[1:2])
    second = tokens.rows(["", "24", "house"])
    assert counting.given == ["red mouse", "house", "", "24"]
    assert first.tolist() == [0, 1, 0, 2] and second.tolist() == [2, 3, 1]
    again = tokens.joined(first[:1], first[1:2])
    assert all(map(np.array_equal, alike, again))  # texts that came later have not moved it
    assert tokens.rows([]).tolist() == []


def test_the_pieces_of_texts_are_all_that_are_read_of_them(folder, reference):
    tokens = tokens_of(folder, reference)
    rows = tokens.rows(["red mouse", "il topo", "дом"])
    of_two, inputs = tokens.pieces(rows[[0, 1, 1]]), tokens.joined(rows[:2], rows[[1, 1]])
    assert of_two.tolist() == np.union1d(inputs.pieces, reference.pad_token_id).tolist()
    assert set(of_two) < set(tokens.pieces(rows))


def test_the_digest_tells_texts_apart(folder, reference):
    def digest(*texts, most=512):
        tokens = tokens_of(folder, reference, most)
        tokens.rows(texts)
        return tokens.digest()

    assert digest("red", "house") == digest("red", "house")
    assert len({digest("red", "house"), digest("house", "red"), digest("red house"), digest("red")}) == 4


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 60))
def test_the_longer_is_cut_first_as_tokenizers_does(first, second, most):
    tokenizer = Tokenizer.from_str(WORD_BY_WORD)
    tokenizer.enable_truncation(most, strategy="longest_first")
    sequences = tokenizer.encode("a " * first, "a " * second).sequence_ids
    kept = longest_first(np.array([first]), np.array([second]), most)
    assert [int(lengths[0]) for lengths in kept] == [sequences.count(0), sequences.count(1)]
    assert sum(kept)[0] == min(first + second, most)


WORD_BY_WORD = """
    {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
    "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": null, "decoder": null,
    "model": {"type": "WordLevel", "vocab": {"a": 0}, "unk_token": "a"}}
"""


@given(LENGTHS, st.integers(1, 200))
def test_every_row_is_in_one_batch_and_batches_keep_to_their_budget(lengths, budget):
    lengths = np.array(lengths, np.int64)
    made = list(batches(lengths, budget))
    assert sorted(np.concatenate([[], *made]).tolist()) == list(range(len(lengths)))
    for batch in made:
        assert len(batch) == 1 or lengths[batch].max() * len(batch) <= budget


@given(LENGTHS, st.integers(1, 200))
def test_batches_go_from_short_to_long_and_are_as_large_as_they_may_be(lengths, budget):
    lengths = np.array(lengths, np.int64)
    made = list(batches(lengths, budget))
    in_order = lengths[np.concatenate([np.empty(0, np.int64), *made])]
    assert (np.diff(in_order) >= 0).all()
    for batch, following in pairwise(made):
        assert lengths[following[0]] * (len(batch) + 1) > budget


@pytest.mark.parametrize("content", ["", "nonsense", "{}", '{"model": {"type": "BPE"}}'])
def test_a_damaged_tokenizer_is_refused_in_one_line(tmp_path, content):
    (tmp_path / "tokenizer.json").write_text(content)
    with pytest.raises(UserError, match=r"tokenizer\.json: damaged \(.*\): remove it") as error:
        Tokens(tmp_path, 0, 512)
    assert "\n" not in str(error.value)


def test_a_missing_tokenizer_is_named(tmp_path):
    with pytest.raises(UserError, match=r"tokenizer\.json: not found"):
        Tokens(tmp_path, 0, 512)


def test_a_tokenizer_that_puts_the_passage_first_is_refused(tmp_path):
    path = write_tiny(tmp_path / "model", "bert") / "tokenizer.json"
    tokenizer = Tokenizer.from_file(str(path))
    special = [(token, tokenizer.token_to_id(token)) for token in ("[CLS]", "[SEP]")]
    pair = "[CLS] $B [SEP] $A [SEP]"
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", pair=pair, special_tokens=special)
    path.write_text(tokenizer.to_str(), encoding="utf-8")
    with pytest.raises(UserError, match=r"tokenizer\.json: found .*, expected"):
        Tokens(path.parent, 0, 512)
