"""Scores do not depend on what is scored together, nor on the memory that there is."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_transformers import KINDS, POSITIONS, WORDS, whole_scores

from switchrank.errors import UserError
from switchrank.rankers import scoring
from switchrank.rankers.scoring import score
from switchrank.rankers.tokens import Tokens
from switchrank.rankers.transformer import Transformer

CHANCE = np.random.default_rng(0)
# Queries and passages of 0 to 12 words, some of which come twice.
TEXTS = [" ".join(CHANCE.choice(WORDS, size)) for size in [*range(13), *range(1, 13)]]
PAIRS = [(TEXTS[query], TEXTS[passage]) for query, passage in CHANCE.integers(len(TEXTS), size=(40, 2))]


def scored(folder, pairs, precision="fp32"):
    network = Transformer(folder)
    tokens = Tokens(folder, network.padding, POSITIONS)
    rows = [tokens.rows([pair[side] for pair in pairs]) for side in (0, 1)]
    return score(network, tokens, *rows, precision)


@pytest.fixture
def small(monkeypatch):
    """Batches of few tokens, so that there are many."""
    monkeypatch.setitem(scoring._BUDGET, "cpu", 120)


def test_scores_are_those_of_the_whole_model(tiny, small):
    found = scored(tiny, PAIRS)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, whole_scores(tiny, texts=PAIRS), atol=1e-5)


@settings(max_examples=20)
@given(st.sampled_from(KINDS), st.permutations(range(len(PAIRS))), st.integers(1, len(PAIRS)))
def test_scores_do_not_depend_on_what_is_scored_together(tiny_folders, kind, order, number):
    folder, chosen = tiny_folders[kind], order[:number]
    found = scored(folder, [PAIRS[place] for place in chosen])
    np.testing.assert_allclose(found, scored(folder, PAIRS)[chosen], atol=1e-4)


def test_equal_texts_are_exactly_tied(tiny, small):
    found = scored(tiny, [*PAIRS, *PAIRS[::-1]])
    assert np.array_equal(found[: len(PAIRS)], found[len(PAIRS) :][::-1])
    assert len(set(found.tolist())) == len(set(PAIRS))


def test_nothing_has_no_scores(tiny):
    assert scored(tiny, []).tolist() == []


def test_the_network_stays_as_it_is(tiny):
    network = Transformer(tiny).train()
    tokens = Tokens(tiny, network.padding, POSITIONS)
    before = {name: weight.clone() for name, weight in network.state_dict().items()}
    rows = tokens.rows([text for pair in PAIRS for text in pair]).reshape(-1, 2).T
    score(network, tokens, *rows, "bf16")
    found = score(network, tokens, *rows, "fp32")
    assert np.array_equal(found, score(Transformer(tiny), tokens, *rows, "fp32"))  # nothing is dropped
    assert network.training and len(network.pieces) == 0
    after = network.state_dict()
    assert after.keys() == before.keys() and all(before[name].equal(after[name]) for name in before)


def test_half_precision_is_close(tiny):
    single, half = scored(tiny, PAIRS), scored(tiny, PAIRS, "bf16")
    assert half.dtype == np.float32 and not np.array_equal(single, half)
    assert np.abs(single - half).max() < np.std(single) / 2


def test_positions_are_not_told_in_half_precision(tiny_folders, monkeypatch):
    """With eight binary digits a token that is far away could be one of several places."""
    forward, seen = Transformer.forward, set()

    def watched(network, inputs):
        seen.update(value.dtype for value in network.buffers() if value.is_floating_point())
        seen.update(value.dtype for value in network.parameters())
        return forward(network, inputs)

    monkeypatch.setattr(Transformer, "forward", watched)
    scored(tiny_folders["modernbert"], PAIRS, "bf16")
    assert {value.dtype for value in Transformer(tiny_folders["modernbert"]).buffers()} == {torch.float32}
    assert seen == {torch.float32, torch.bfloat16}


def short_of_memory(monkeypatch, most, error):
    """Let the network refuse batches of more tokens → the tokens of each batch that it was given."""
    forward, given_ = Transformer.forward, []

    def refusing(network, inputs):
        given_.append(inputs.pieces.size)
        if inputs.pieces.size > most:
            raise error
        return forward(network, inputs)

    monkeypatch.setattr(Transformer, "forward", refusing)
    return given_


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 4096 bytes."),
        MemoryError(),
    ],
    ids=["GPU", "processor", "Python"],
)
def test_where_memory_is_short_batches_are_halved(tiny, monkeypatch, error):
    expected = scored(tiny, PAIRS)
    given_ = short_of_memory(monkeypatch, 500, error)
    np.testing.assert_allclose(scored(tiny, PAIRS), expected, atol=1e-5)
    assert 1 <= sum(size > 500 for size in given_) <= 3  # of 2,048 tokens, of 1,024, of 512
    # What was scored before is not scored again; and a little is padding.
    tokens, pairs = Tokens(tiny, 0, POSITIONS), list(set(PAIRS))
    once = tokens.lengths(*(tokens.rows([pair[side] for pair in pairs]) for side in (0, 1))).sum()
    assert once <= sum(size for size in given_ if size <= 500) < 1.3 * once


def test_too_little_memory_for_one_is_one_line(tiny, monkeypatch):
    short_of_memory(monkeypatch, 30, MemoryError())
    with pytest.raises(UserError, match=r"^ranking: found too little memory for one query and passage$"):
        scored(tiny, PAIRS)


def test_other_faults_are_not_taken_for_too_little_memory(tiny, monkeypatch):
    short_of_memory(monkeypatch, 30, RuntimeError("index out of range"))
    with pytest.raises(RuntimeError, match="index out of range"):
        scored(tiny, PAIRS)
